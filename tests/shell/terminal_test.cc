// The prompt on a terminal: the program runs behind a pseudo-terminal, keys are
// sent, and what it shows is read back.

#include <fcntl.h>

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/shell/golden_cases.h"

namespace sanad::shell_test {
namespace {

constexpr std::chrono::seconds kPatience(20);

// `sanad shell t.sanad` in a folder, on a terminal of its own.
class Terminal {
 public:
  explicit Terminal(const std::string& folder) {
    struct winsize size = {30, 100, 0, 0};
    child_ = ::forkpty(&descriptor_, nullptr, nullptr, &size);
    if (child_ == 0) {
      ::setenv("HOME", folder.c_str(), 1);
      ::setenv("TERM", "xterm", 1);
      ::setenv("LC_ALL", "C.UTF-8", 1);
      ::unsetenv("SANAD_HISTORY");
      ::unsetenv("XDG_STATE_HOME");
      if (::chdir(folder.c_str()) != 0) ::_exit(98);
      ::execl(SANAD_PROGRAM, "sanad", "shell", "t.sanad", nullptr);
      ::_exit(99);
    }
  }

  ~Terminal() {
    if (child_ > 0 && !waited_) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    ::close(descriptor_);
  }

  void Send(const std::string& keys) {
    ASSERT_EQ(::write(descriptor_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }

  // Reads until `text` has come since the last call; false when it never does.
  bool WaitFor(const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (true) {
      if (const size_t at = shown_.find(text, seen_); at != std::string::npos) {
        seen_ = at + text.size();
        return true;
      }
      if (std::chrono::steady_clock::now() > deadline || !ReadSome()) return false;
    }
  }

  // The exit status after the program has ended by itself; -1 when it goes on.
  // `keys` are sent again each second: the terminal may not have been in the
  // line editor's mode yet when they first came.
  int WaitForEnd(const std::string& keys = "") {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    auto again = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    int status = 0;
    while (::waitpid(child_, &status, WNOHANG) != child_) {
      const auto now = std::chrono::steady_clock::now();
      if (now > deadline) return -1;
      if (now > again && !keys.empty()) {
        static_cast<void>(!::write(descriptor_, keys.data(), keys.size()));
        again = now + std::chrono::seconds(1);
      }
      ReadSome();
    }
    waited_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  const std::string& shown() const { return shown_; }

 private:
  // False when the other side has gone.
  bool ReadSome() {
    struct pollfd waiting = {descriptor_, POLLIN, 0};
    if (::poll(&waiting, 1, 100) <= 0) return true;
    char bytes[4096];
    const ssize_t got = ::read(descriptor_, bytes, sizeof bytes);
    if (got <= 0) return false;
    shown_.append(bytes, static_cast<size_t>(got));
    return true;
  }

  int descriptor_ = -1;
  pid_t child_ = -1;
  bool waited_ = false;
  std::string shown_;
  size_t seen_ = 0;
};

TEST(Terminal, ControlDLeaves) {
  const TemporaryFolder folder;
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  terminal.Send("\x04");
  EXPECT_EQ(terminal.WaitForEnd("\x04"), 0) << terminal.shown();
}

TEST(Terminal, ControlCDropsTheLineAndKeepsThePrompt) {
  const TemporaryFolder folder;
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  terminal.Send(".mode js");
  ASSERT_TRUE(terminal.WaitFor("js"));
  terminal.Send("\x03");
  ASSERT_TRUE(terminal.WaitFor("^C")) << terminal.shown();
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  terminal.Send(".mode\r");
  EXPECT_TRUE(terminal.WaitFor("table")) << terminal.shown();
  terminal.Send(".quit\r");
  EXPECT_EQ(terminal.WaitForEnd(), 0);
}

TEST(Terminal, ControlCStopsTheQueryAndNotThePrompt) {
  const TemporaryFolder folder;
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  std::string insert = "INSERT DATA {";
  for (int i = 0; i < 60; ++i) insert += " <urn:a" + std::to_string(i) + "> <urn:p> 1 .";
  terminal.Send(insert + " }\r");
  ASSERT_TRUE(terminal.WaitFor("added 60")) << terminal.shown();
  terminal.Send(
      "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . ?i ?t ?j "
      "FILTER(?a != ?c && ?c != ?e && ?e != ?g && ?g != ?i && ?i != ?a) }\r");
  // Long enough for the query to be running.
  ASSERT_TRUE(terminal.WaitFor("SELECT"));
  ::usleep(1'500'000);
  terminal.Send("\x03");
  ASSERT_TRUE(terminal.WaitFor("sanad> ")) << terminal.shown();
  terminal.Send("ASK { ?s ?p ?o }\r");
  EXPECT_TRUE(terminal.WaitFor("true")) << terminal.shown();
  terminal.Send(".quit\r");
  EXPECT_EQ(terminal.WaitForEnd(), 0);
}

TEST(Terminal, HistoryIsKeptBetweenRuns) {
  const TemporaryFolder folder;
  {
    Terminal terminal(folder.path());
    ASSERT_TRUE(terminal.WaitFor("sanad> "));
    terminal.Send(".timer on\r");
    ASSERT_TRUE(terminal.WaitFor("sanad> "));
    terminal.Send(".quit\r");
    ASSERT_EQ(terminal.WaitForEnd(), 0);
  }
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  // Two lines back: past the .quit that ended the first run.
  terminal.Send("\x10\x10");  // Ctrl-P twice.
  EXPECT_TRUE(terminal.WaitFor("timer on")) << terminal.shown();
}

TEST(Terminal, TabCompletesCommands) {
  const TemporaryFolder folder;
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  terminal.Send(".he\t");
  ASSERT_TRUE(terminal.WaitFor("lp ")) << terminal.shown();
  terminal.Send("\r");
  EXPECT_TRUE(terminal.WaitFor(".why [N]")) << terminal.shown();
}

// Words of the graph, in both scripts, where they may stand.
TEST(Terminal, TabCompletesWordsOfTheGraph) {
  const TemporaryFolder folder;
  const Observed loaded = RunCommand(
      "printf '%s' '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
      "<http://e/p> a <http://e/Harbour> ; rdfs:label \"Old Pier\"@en , \"الرصيف القديم\"@ar . "
      "<http://e/Harbour> rdfs:label \"harbour\"@en , \"ميناء\"@ar .' > g.ttl && "
      "sanad load t.sanad g.ttl",
      folder.path(), std::filesystem::path(SANAD_PROGRAM).parent_path().string());
  ASSERT_EQ(loaded.status, 0) << loaded.err;
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  terminal.Send("which harb\t");
  EXPECT_TRUE(terminal.WaitFor("our ")) << terminal.shown();
  terminal.Send("\x15");  // Ctrl-U.
  terminal.Send("أي مين\t");
  EXPECT_TRUE(terminal.WaitFor("اء ")) << terminal.shown();
  terminal.Send("\x15");
  terminal.Send("tell me about Old P\t");
  EXPECT_TRUE(terminal.WaitFor("ier ")) << terminal.shown();
}

TEST(Terminal, AQueryGoesOnOverLines) {
  const TemporaryFolder folder;
  Terminal terminal(folder.path());
  ASSERT_TRUE(terminal.WaitFor("sanad> "));
  terminal.Send("ASK {\r");
  ASSERT_TRUE(terminal.WaitFor("...> ")) << terminal.shown();
  terminal.Send("}\r");
  EXPECT_TRUE(terminal.WaitFor("true")) << terminal.shown();
}

}  // namespace
}  // namespace sanad::shell_test
