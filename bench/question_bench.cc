// How long it takes to link and parse a question over a store of many labels.
//
//   question_bench STORE [LABELS]
//
// Makes the store if it is not there: LABELS things (default one million) of ten
// classes, each with a label of two to four words out of a vocabulary of 60,000
// made-up words, English or Arabic letters, joined by six relations. Prints what
// loading cost a label in processor time, what opening and the first question cost,
// then the median, the 95th percentile and the slowest of each stage over 100
// questions of ten forms, half of them in Arabic, in milliseconds of processor time.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sanad/store.h>

#include "query/question/context.h"
#include "query/question/syntax.h"
#include "query/question/understand.h"
#include "storage/bulk_load.h"
#include "storage/model/vocabulary.h"

namespace {

using sanad::Term;

// Of this thread's processor time: what other programs do does not count.
double Milliseconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

// A fixed sequence, the same on every machine.
class Random {
 public:
  uint64_t Next(uint64_t below) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % below;
  }

 private:
  uint64_t state_ = 20240503;
};

constexpr uint64_t kWords = 60000;
constexpr const char* kClasses[] = {"harbour", "river",  "village", "bridge",  "market",
                                    "museum",  "forest", "station", "library", "island"};
constexpr const char* kArabicClasses[] = {"ميناء", "نهر",  "قرية", "جسر",   "سوق",
                                          "متحف",  "غابة", "محطة", "مكتبة", "جزيرة"};
constexpr const char* kRelations[] = {"borders",  "supplies", "located in",
                                      "built by", "founded",  "visited"};
constexpr const char* kArabicRelations[] = {"يجاور", "يزود", "يقع في", "بناه", "أسس", "زار"};

// Word `index`; low ones are common in labels. Every third is in Arabic letters.
std::string Word(uint64_t index) {
  static constexpr std::string_view kLatin[] = {"ba", "ke", "lo", "mi", "nu",
                                                "ra", "si", "to", "ve", "du"};
  static constexpr std::string_view kArabic[] = {"با", "كي", "لو", "مي", "نو",
                                                 "را", "سي", "تو", "فا", "دو"};
  std::string out;
  uint64_t rest = index + 1000;
  while (rest > 0) {
    out += index % 3 == 0 ? kArabic[rest % 10] : kLatin[rest % 10];
    rest /= 10;
  }
  return out;
}

std::string LabelOf(uint64_t thing) {
  const uint64_t script = thing % 3 == 0 ? 0 : 1;
  uint64_t seed = thing * 2654435761u;
  std::string out;
  for (uint64_t i = 0; i < 2 + thing % 3; ++i) {
    // Zipf-like: the square of a uniform number favours low words.
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    const double u = static_cast<double>(seed >> 11) / static_cast<double>(1ull << 53);
    uint64_t index = static_cast<uint64_t>(u * u * static_cast<double>(kWords));
    index = index / 3 * 3 + (script == 0 ? 0 : 1 + index % 2);
    if (!out.empty()) out += ' ';
    out += Word(index);
  }
  return out;
}

absl::Status Make(const std::string& path, uint64_t labels) {
  const std::clock_t begin = std::clock();
  auto store = sanad::Store::Open(path);
  if (!store.ok()) return store.status();
  auto loader = sanad::BulkLoader::Begin(**store, {});
  if (!loader.ok()) return loader.status();
  const Term label = Term::Iri(sanad::iri::kRdfsLabel), type = Term::Iri(sanad::iri::kRdfType);
  auto name = [](std::string_view kind, uint64_t i) {
    return Term::Iri("http://bench.example/" + std::string(kind) + std::to_string(i));
  };
  absl::Status status;
  auto add = [&](const Term& s, const Term& p, const Term& o) {
    if (status.ok())
      status = (*loader)->Add({sanad::ViewOf(s), sanad::ViewOf(p), sanad::ViewOf(o), {}});
  };
  for (uint64_t i = 0; i < std::size(kClasses); ++i) {
    add(name("class", i), type, Term::Iri("http://www.w3.org/2002/07/owl#Class"));
    add(name("class", i), label, Term::LangString(kClasses[i], "en"));
    add(name("class", i), label, Term::LangString(kArabicClasses[i], "ar"));
  }
  for (uint64_t i = 0; i < std::size(kRelations); ++i) {
    add(name("relation", i), label, Term::LangString(kRelations[i], "en"));
    add(name("relation", i), label, Term::LangString(kArabicRelations[i], "ar"));
  }
  Random random;
  for (uint64_t i = 0; i < labels; ++i) {
    const Term thing = name("thing", i);
    add(thing, type, name("class", i % std::size(kClasses)));
    add(thing, label, Term::LangString(LabelOf(i), i % 3 == 0 ? "ar" : "en"));
    add(thing, name("relation", i % std::size(kRelations)), name("thing", random.Next(labels)));
  }
  if (!status.ok()) return status;
  auto report = (*loader)->Finish();
  loader->reset();
  std::printf("load: %.1f microseconds of processor time a label\n",
              static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC /
                  static_cast<double>(labels));
  return report.ok() ? (*store)->Close() : report.status();
}

// The name with two letters of its last word exchanged.
std::string Misspelled(std::string name) {
  std::swap(name[name.size() - 1], name[name.size() - 2]);
  return name;
}

std::vector<std::string> Questions(uint64_t labels) {
  std::vector<std::string> out;
  Random random;
  for (uint64_t i = 0; i < 10; ++i) {
    const std::string name = LabelOf(random.Next(labels) / 3 * 3 + 1);
    const std::string other = LabelOf(random.Next(labels) / 3 * 3 + 2);
    out.push_back("which harbour borders " + name);
    out.push_back("how many rivers are located in " + name + " or " + other);
    out.push_back("which village that borders " + name + " supplies " + Misspelled(other));
    out.push_back("did " + name + " supply the market of " + other);
    out.push_back("which harbours border " + Word(i * 3 + 1));  // A word of many labels.
    const std::string arabic = LabelOf(random.Next(labels) / 3 * 3);
    const std::string second = LabelOf(random.Next(labels) / 3 * 3);
    out.push_back("ما الميناء الذي يجاور " + arabic);
    out.push_back("كم نهرا في " + arabic + " أو " + second);
    out.push_back("أي القرى التي تجاور " + arabic + " زارت " + second);
    out.push_back("هل زار " + arabic + " سوق " + second);
    out.push_back("ما الموانئ التي تجاور " + Word(i * 3));
  }
  return out;
}

struct Times {
  std::vector<double> values;
  void Print(const char* stage) {
    std::sort(values.begin(), values.end());
    std::printf("%-12s median %.3f  p95 %.3f  slowest %.3f\n", stage, values[values.size() / 2],
                values[values.size() * 95 / 100], values.back());
  }
};

absl::Status Run(const std::string& path, uint64_t labels) {
  double begin = Milliseconds();
  auto store = sanad::Store::Open(path);
  if (!store.ok()) return store.status();
  std::printf("open %.1f\n", Milliseconds() - begin);
  begin = Milliseconds();
  auto context = sanad::question::ContextOf(**store);
  if (!context.ok()) return context.status();
  std::printf("first context %.1f\n", Milliseconds() - begin);
  Times link, parse, both, all;
  for (int round = 0; round < 3; ++round) {
    for (const std::string& question : Questions(labels)) {
      begin = Milliseconds();
      auto lattice = sanad::question::LinkWords(context->vocabulary, question);
      const double linked = Milliseconds();
      if (!lattice.ok()) return lattice.status();
      size_t parsed = 0;
      for (const auto& way : sanad::question::Paths(*lattice, 600)) {
        parsed += sanad::question::ParseSyntax(way).has_value() ? 1 : 0;
        if (parsed >= 60) break;
      }
      const double ended = Milliseconds();
      auto understood = sanad::question::Understand(context->vocabulary, question);
      const double whole = Milliseconds();
      if (!understood.ok()) return understood.status();
      if (round == 0) {
        if (whole - ended > 20) std::printf("slow: %.1f %s\n", whole - ended, question.c_str());
        continue;  // Blocks come into the cache.
      }
      link.values.push_back(linked - begin);
      parse.values.push_back(ended - linked);
      both.values.push_back(ended - begin);
      all.values.push_back(whole - ended);
    }
  }
  link.Print("link");
  parse.Print("parse");
  both.Print("link+parse");
  all.Print("understand");
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: question_bench STORE [LABELS]\n");
    return 2;
  }
  const uint64_t labels = argc > 2 ? std::stoull(argv[2]) : 1000000;
  absl::Status status;
  if (!std::filesystem::exists(argv[1])) status = Make(argv[1], labels);
  if (status.ok()) status = Run(argv[1], labels);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
