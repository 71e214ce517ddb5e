#include "shell/load_report.h"

#include <string>

#include "shell/display.h"
#include "shell/units.h"

namespace sanad::shell {

void AddReport(LoadReport& total, const LoadReport& more) {
  total.quads_added += more.quads_added;
  total.quads_removed += more.quads_removed;
  total.quads_unchanged += more.quads_unchanged;
  total.lexicon_quads_added += more.lexicon_quads_added;
  total.documents_added += more.documents_added;
  total.documents_replaced += more.documents_replaced;
  total.documents_unchanged += more.documents_unchanged;
  total.documents_failed += more.documents_failed;
  total.sentences += more.sentences;
  total.meetings += more.meetings;
  total.people += more.people;
  total.topics += more.topics;
  total.warnings.insert(total.warnings.end(), more.warnings.begin(), more.warnings.end());
  if (!more.example_questions.empty()) total.example_questions = more.example_questions;
}

void PrintWarnings(const LoadReport& report, Console& console) {
  for (const std::string& warning : report.warnings) console.Error(warning);
  if (report.documents_added + report.documents_replaced > 0 && report.sentences == 0) {
    console.Error("the documents hold no sentence");
  }
}

void PrintReport(const LoadReport& report, Console& console) {
  const uint64_t documents =
      report.documents_added + report.documents_replaced + report.documents_unchanged;
  if (documents + report.documents_failed > 0) {
    console.Out("documents: " + std::to_string(report.documents_added) + " added, " +
                std::to_string(report.documents_replaced) + " replaced, " +
                std::to_string(report.documents_unchanged) + " unchanged" +
                (report.documents_failed > 0
                     ? ", " + std::to_string(report.documents_failed) + " rejected"
                     : "") +
                "\n");
    console.Out("           " + Counted(report.sentences, "sentence", "sentences") + ", " +
                Counted(report.meetings, "meeting", "meetings") + ", " +
                Counted(report.people, "person", "people") + ", " +
                Counted(report.topics, "topic", "topics") + "\n");
  }
  console.Out("statements: " + std::to_string(report.quads_added) + " added, " +
              std::to_string(report.quads_removed) + " removed, " +
              std::to_string(report.quads_unchanged) + " unchanged\n");
  if (report.lexicon_quads_added > 0) {
    console.Out("lexicons:   " + std::to_string(report.lexicon_quads_added) +
                " statements about words added\n");
  }
  for (const std::string& question : report.example_questions) {
    console.Out("try: " + EscapeForTerminal(question) + "\n");
  }
}

}  // namespace sanad::shell
