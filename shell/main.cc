#include <clocale>
#include <string>
#include <vector>

#include "shell/commands.h"
#include "shell/console.h"
#include "shell/interrupt.h"

int main(int argc, char** argv) {
  // Line editing counts characters by the locale; all text here is UTF-8.
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  sanad::shell::InstallSignalHandlers();
  sanad::shell::Console console;
  return sanad::shell::RunProgram(std::vector<std::string>(argv + 1, argv + argc), console);
}
