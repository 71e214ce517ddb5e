// The grammar of questions, in PEGTL, over the letters of a path's symbols
// (symbol.h): one letter a word. It finds the kind of the question and cuts the
// rest into noun phrase cores and single words; a path whose words cannot stand
// beside one another is refused here, before any meaning is tried.
//
// English and Arabic share the rules: what differs (verb first, adjective after
// its noun, attached particles) differs in the order of letters only.

#include <algorithm>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "query/question/syntax.h"

namespace sanad::question {
namespace {

namespace peg = tao::pegtl;

// clang-format off
template <char... Letters> using L = peg::one<Letters...>;

// ---- Noun phrase cores ----
struct Bound : L<'>'> {};
struct Count : peg::seq<peg::opt<Bound>, L<'#'>> {};
// most populous; the most (rivers)
struct Most : peg::seq<L<'M'>, peg::opt<L<'J'>>> {};
struct NumberOf : peg::seq<L<'k'>, peg::opt<L<'f', 'i'>>> {};
struct Aggregate : peg::seq<L<'a'>, peg::opt<L<'f', 'i'>>> {};
struct NameOf : peg::seq<L<'y'>, peg::opt<L<'f'>>> {};
struct Before : peg::sor<L<'D', 'e', '*', 'g', 'O', 'S', 'J', 'c'>, Most, Count, NumberOf, Aggregate, NameOf> {};
struct Head : L<'N', 'P', 'E', 'Y', 'Q', 'X', 'A'> {};
struct Possessor : peg::seq<L<'\''>, peg::plus<Head>> {};
// What may stand behind a head: another head, an ordinal, a number ("round 2"),
// an elative ("الاجتماع الأطول"), an attached pronoun, "whose name is …".
struct After : peg::sor<Head, Possessor, L<'O', 'c'>, peg::seq<L<'S'>, peg::not_at<Head>>,
                        peg::seq<L<'#'>, peg::not_at<Head>>, L<'<'>> {};
struct Full : peg::seq<peg::star<Before>, Head, peg::star<After>> {};
// "the longest", "which one is largest", "at least three"
struct Headless : peg::seq<peg::star<L<'D'>>, peg::sor<L<'S'>, Most, Count>, peg::opt<L<'<'>>> {};
struct Core : peg::sor<Full, Headless> {};

// ---- Words between cores ----
struct Clausal : L<'b', 'd', 'u', 'v', 'g', 'V', 'p', '!', 'H'> {};
struct Joining : L<'&', '|', ','> {};
struct Linking : L<'i', 'f', 'B', 'W', 'x', 'G', 'n', 'j', 'e', 's'> {};
struct Relative : peg::seq<L<'r', 'z'>, peg::not_at<L<'r', 'z', '&', '|', 'w', 'o'>>, peg::not_at<peg::eof>> {};
struct Degree : L<'K', 'J'> {};
struct Other : L<'^', '*', 'D'> {};
struct Single : peg::sor<Clausal, Joining, Linking, Relative, Degree, Other> {};
struct ItemRule : peg::sor<Core, Single> {};
struct Items : peg::star<ItemRule> {};
struct SomeItems : peg::plus<ItemRule> {};

// ---- Questions ----
struct Fronted : L<'i', 'f'> {};
struct WhichWord : L<'w'> {};
struct WhoWord : L<'o'> {};
struct WhereWord : L<'l'> {};
struct WhenWord : L<'t'> {};
struct HowManyWord : L<'m'> {};
struct HowWord : L<'h'> {};
struct HowDegree : L<'J'> {};
struct YesNoWord : L<'q'> {};
struct DescribeWord : L<'I'> {};
struct Imperative : L<'T'> {};
struct AuxiliaryFirst : peg::at<L<'b', 'd', 'u', 'v'>> {};

struct Which : peg::seq<peg::opt<Fronted>, WhichWord, Items> {};
struct Who : peg::seq<peg::opt<Fronted>, WhoWord, Items> {};
struct Where : peg::seq<WhereWord, SomeItems> {};
struct When : peg::seq<peg::opt<Fronted>, WhenWord, SomeItems> {};
struct HowMany : peg::seq<peg::opt<Fronted>, HowManyWord, SomeItems> {};
struct How : peg::seq<HowWord, peg::opt<HowDegree>, SomeItems> {};
struct YesNo : peg::seq<peg::sor<YesNoWord, AuxiliaryFirst>, SomeItems> {};
struct Describe : peg::seq<DescribeWord, SomeItems> {};
struct Command : peg::seq<Imperative, peg::sor<Which, Who, Where, When, HowMany, How, SomeItems>> {};
// "and in …", "only those …", "those after …"
struct FollowUp : peg::seq<peg::at<peg::sor<L<'&', '*', 'i', 'B', 'W', 'r', 'x', 'p'>,
                                           peg::seq<L<'D'>, L<'i', 'B', 'W', 'r', 'V'>>>>, SomeItems> {};
struct Bare : SomeItems {};
// A leading "and" belongs to the conversation, not to the question.
struct Asked : peg::sor<Describe, Command, Which, Who, Where, When, HowMany, How, YesNo> {};
struct Question : peg::seq<peg::sor<peg::seq<peg::opt<L<'&'>>, Asked>, FollowUp, Bare>, peg::eof> {};
// clang-format on

struct Event {
  enum Type { kCore, kSingle, kKind } type;
  size_t begin, end;
  QuestionKind kind = QuestionKind::kWhich;
};

// Events in order of position; a rule that is tried again at an earlier place
// takes back what stood from there on.
struct ParseState {
  std::vector<Event> events;
  void Add(Event event) {
    while (!events.empty() && events.back().begin >= event.begin) {
      events.pop_back();
    }
    events.push_back(event);
  }
};

template <typename Rule>
struct Action : peg::nothing<Rule> {};

template <Event::Type type, QuestionKind kind = QuestionKind::kWhich>
struct Record {
  template <typename Input>
  static void apply(const Input& in, ParseState& state) {
    const size_t begin = in.position().byte;
    state.Add({type, begin, begin + in.size(), kind});
  }
};
template <>
struct Action<Core> : Record<Event::kCore> {};
template <>
struct Action<Single> : Record<Event::kSingle> {};
template <>
struct Action<WhichWord> : Record<Event::kKind, QuestionKind::kWhich> {};
template <>
struct Action<WhoWord> : Record<Event::kKind, QuestionKind::kWho> {};
template <>
struct Action<WhereWord> : Record<Event::kKind, QuestionKind::kWhere> {};
template <>
struct Action<WhenWord> : Record<Event::kKind, QuestionKind::kWhen> {};
template <>
struct Action<HowManyWord> : Record<Event::kKind, QuestionKind::kHowMany> {};
template <>
struct Action<HowWord> : Record<Event::kKind, QuestionKind::kHow> {};
template <>
struct Action<YesNoWord> : Record<Event::kKind, QuestionKind::kYesNo> {};
template <>
struct Action<DescribeWord> : Record<Event::kKind, QuestionKind::kDescribe> {};

bool IsHead(char c) { return std::string_view("NPEYQXA").find(c) != std::string_view::npos; }

Item MakeCore(const LatticePath& path, size_t begin, size_t end) {
  Item item;
  item.core = true;
  item.category = Category::kClass;
  size_t at = begin;
  // A nationality before its noun is a head: it must be said of something.
  while (at < end && !IsHead(path.categories[at])) item.before.push_back(path.symbols[at++]);
  while (at < end) item.heads.push_back(path.symbols[at++]);
  return item;
}

}  // namespace

std::optional<QuestionSyntax> ParseSyntax(const LatticePath& path) {
  ParseState state;
  peg::memory_input in(path.categories.data(), path.categories.size(), "question");
  if (!peg::parse<Question, Action>(in, state)) return std::nullopt;
  QuestionSyntax out;
  size_t from = 0;
  const std::string& letters = path.categories;
  size_t lead = 0;
  while (lead < letters.size() && (letters[lead] == 'T' || (letters[lead] == '&' && lead == 0)))
    ++lead;
  bool kind_known = false;
  for (const Event& event : state.events) {
    if (event.type != Event::kKind) continue;
    out.kind = event.kind;
    out.question_word = path.symbols[event.begin];
    if (event.begin > lead) out.fronted_preposition = path.symbols[event.begin - 1];
    from = event.end;
    kind_known = true;
    break;
  }
  if (!kind_known) {
    from = lead;
    const char first = letters[lead];
    const std::string_view auxiliaries = "bduv";
    if (lead == 0 && auxiliaries.find(first) != std::string_view::npos) {
      out.kind = QuestionKind::kYesNo;
    } else if (std::string_view("&*iBWrxp").find(letters[0]) != std::string_view::npos ||
               (letters[0] == 'D' && letters.size() > 1 &&
                std::string_view("iBWrV").find(letters[1]) != std::string_view::npos)) {
      out.kind = QuestionKind::kFollowUp;
    }
  }
  if (out.kind == QuestionKind::kHow && from < letters.size() && letters[from] == 'J') {
    out.degree = path.symbols[from++];
  }
  const bool arabic =
      !path.symbols.empty() &&
      std::any_of(path.symbols.begin(), path.symbols.end(), [](const SymbolPtr& s) {
        return !s->text.empty() && (static_cast<unsigned char>(s->text[0]) == 0xD8 ||
                                    static_cast<unsigned char>(s->text[0]) == 0xD9);
      });
  for (const Event& event : state.events) {
    if (event.type == Event::kKind || event.begin < from) continue;
    if (event.type == Event::kCore) {
      // An Arabic name takes no genitive: what stands behind it is another phrase.
      size_t begin = event.begin;
      for (size_t at = event.begin + 1; arabic && at < event.end; ++at) {
        if (letters[at - 1] == 'E' &&
            std::string_view("ENPX").find(letters[at]) != std::string_view::npos) {
          out.items.push_back(MakeCore(path, begin, at));
          begin = at;
        }
      }
      out.items.push_back(MakeCore(path, begin, event.end));
    } else {
      Item item;
      item.symbol = path.symbols[event.begin];
      item.category = item.symbol->category;
      out.items.push_back(std::move(item));
    }
  }
  return out;
}

size_t LongestViablePrefix(std::string_view categories) {
  for (size_t n = categories.size(); n > 0; --n) {
    peg::memory_input in(categories.data(), n, "question");
    if (peg::parse<Question>(in)) return n;
  }
  return 0;
}

size_t AnalyseQuestionGrammar() { return peg::analyze<Question>(); }

}  // namespace sanad::question
