// How long after its deadline a query ends, and what it holds at its memory cap:
// long operators over a product of 10^9 rows.
//
//   limits_bench [--runs 5]
//
// A line a form: the largest overshoot over deadlines of 50 to 400 ms until the
// query tells its status, and until its memory, limited to 1 GiB (the default), is
// given back; then, with the cap at 64 MiB, the status and by how much the process
// grew (in a process of its own, so that one form does not hide the next). "-": it
// met its memory limit before its deadline, or was done. Exit status 1 when a query
// ends otherwise, or a store does not answer afterwards.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include <sanad/query.h>
#include <sanad/store.h>

namespace {

struct Form {
  const char* name;
  const char* text;
};

// Of 1,000 triples ?s <p> ?number, and as many edges <e>.
constexpr Form kForms[] = {
    {"product", "SELECT * { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"count", "SELECT (COUNT(*) AS ?n) { ?a :p ?x . ?b :p ?y . ?c :p ?z FILTER (?x + ?y < ?z) }"},
    {"sort", "SELECT * { ?a :p ?x . ?b :p ?y . ?c :p ?z } ORDER BY ?z ?x"},
    {"sort by value", "SELECT * { ?a :p ?x . ?b :p ?y . ?c :p ?z } ORDER BY (?x * ?y + ?z)"},
    {"distinct", "SELECT DISTINCT ?x ?y ?z { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"group", "SELECT ?x ?y (SUM(?z) AS ?n) { ?a :p ?x . ?b :p ?y . ?c :p ?z } GROUP BY ?x ?y"},
    {"group_concat", "SELECT (GROUP_CONCAT(?x) AS ?n) { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"optional", "SELECT * { ?a :p ?x OPTIONAL { ?b :p ?y . ?c :p ?z FILTER (?x + ?y = -?z) } }"},
    {"minus", "SELECT * { ?a :p ?x . ?b :p ?y MINUS { ?c :p ?x . ?d :p ?y FILTER (?x > ?y) } }"},
    {"exists", "SELECT * { ?a :p ?x . ?b :p ?y FILTER NOT EXISTS { ?c :p ?z FILTER (?z = -?x) } }"},
    {"strings",
     "SELECT (CONCAT(STR(?a), STR(?b), STR(?c)) AS ?n) { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"regex", "SELECT * { ?a :p ?x . ?b :p ?y . ?c :p ?z FILTER REGEX(STR(?a), \"(x+x+)+y\") }"},
    {"path", "SELECT (COUNT(*) AS ?n) { ?a :e+ ?b . ?c :e+ ?d . ?e :e+ ?f }"},
    {"construct", "CONSTRUCT { ?x :q ?y . ?y :q ?z } { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"blank nodes", "CONSTRUCT { [ :q ?x ] } { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"random", "SELECT (RAND() AS ?r) { ?a :p ?x . ?b :p ?y . ?c :p ?z }"},
    {"union", "SELECT * { ?a :p ?x . ?b :p ?y { ?c :p ?z } UNION { ?c :e ?z } }"},
};

std::unique_ptr<sanad::Store> NewStore() {
  auto store = *sanad::Store::OpenInMemory();
  auto transaction = *store->Begin();
  const auto iri = [](const std::string& name) { return sanad::Term::Iri("http://e/" + name); };
  for (int i = 0; i < 1000; ++i) {
    const sanad::Term subject = iri(std::to_string(i));
    if (!transaction->Insert({subject, iri("p"), sanad::Term::Integer(i), {}}).ok() ||
        !transaction->Insert({subject, iri("e"), iri(std::to_string((i * 7 + 1) % 1000)), {}})
             .ok()) {
      std::abort();
    }
  }
  if (!transaction->Commit().ok()) std::abort();
  return store;
}

sanad::Query Parse(const char* text) {
  sanad::ParseOptions options;
  options.prefixes = {{"", "http://e/"}};
  return *sanad::Query::Parse(text, options);
}

using Clock = std::chrono::steady_clock;

// `stopped`: when the last call of Next() came back.
absl::Status Drain(const sanad::Store& store, const char* text, const sanad::QueryOptions& options,
                   Clock::time_point* stopped = nullptr) {
  auto cursor = Parse(text).Execute(store.NewSnapshot(), options);
  if (!cursor.ok()) return cursor.status();
  while ((*cursor)->Next()) continue;
  if (stopped != nullptr) *stopped = Clock::now();
  return (*cursor)->status();
}

struct Overshoot {
  bool ended_well = true;
  double stopped = -1;  // Milliseconds past the deadline, the most of some runs.
  double freed = -1;
};

Overshoot Measure(const sanad::Store& store, const Form& form, int runs) {
  Overshoot worst;
  for (int run = 0; run < runs; ++run) {
    for (const int milliseconds : {50, 100, 200, 400}) {
      sanad::QueryOptions options;
      options.timeout = absl::Milliseconds(milliseconds);
      const auto deadline = Clock::now() + std::chrono::milliseconds(milliseconds);
      auto stopped = deadline;
      const absl::Status status = Drain(store, form.text, options, &stopped);
      const auto past = [&](Clock::time_point time) {
        return std::chrono::duration<double, std::milli>(time - deadline).count();
      };
      if (status.code() == absl::StatusCode::kDeadlineExceeded) {
        worst.stopped = std::max(worst.stopped, past(stopped));
        worst.freed = std::max(worst.freed, past(Clock::now()));
      } else if (!status.ok() && status.code() != absl::StatusCode::kResourceExhausted) {
        worst.ended_well = false;
      }
    }
  }
  return worst;
}

void PrintMilliseconds(double value) {
  if (value < 0) {
    std::printf(" %10s", "-");
  } else {
    std::printf(" %7.1f ms", value);
  }
}

long PeakKilobytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// What the cap does, in a process of its own. False: the store no longer answers.
bool PrintCap(const sanad::Store& store, const Form& form) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    const long before = PeakKilobytes();
    sanad::QueryOptions options;
    options.timeout = absl::Seconds(10);
    options.memory_limit = uint64_t{64} << 20;
    const absl::Status status = Drain(store, form.text, options);
    std::printf("  %-18s %5ld MiB\n", absl::StatusCodeToString(status.code()).c_str(),
                (PeakKilobytes() - before) / 1024);
    std::fflush(stdout);
    _exit(Drain(store, "ASK { ?s :p 7 }", {}).ok() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc == 3 && std::strcmp(argv[1], "--runs") == 0 ? std::atoi(argv[2]) : 5;
  const auto store = NewStore();
  bool ok = true;
  std::printf("%-14s %10s %10s  %-18s %9s\n", "form", "stopped", "freed", "at 64 MiB", "grew");
  for (const Form& form : kForms) {
    const Overshoot overshoot = Measure(*store, form, runs);
    std::printf("%-14s", form.name);
    PrintMilliseconds(overshoot.stopped);
    PrintMilliseconds(overshoot.freed);
    ok = PrintCap(*store, form) && overshoot.ended_well && ok;
  }
  return ok ? 0 : 1;
}
