#include "loader/document/document_links.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <xxhash.h>
#include "language/keys.h"
#include "loader/document/store_reader.h"
#include "storage/model/text.h"
#include "storage/model/vocabulary.h"

namespace sanad {
namespace {

constexpr std::string_view kDate = SANAD_XSD_NS "date";
// Shorter skeletons say little.
constexpr size_t kMinSkeleton = 4;

struct EventFacts {
  std::set<std::string> places, dates, participants, rounds;
};

std::string_view DocumentOf(std::string_view event) { return event.substr(0, event.find('#')); }

bool Disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::none_of(a.begin(), a.end(), [&](const std::string& x) { return b.contains(x); });
}

bool Contradict(const std::set<std::string>& a, const std::set<std::string>& b) {
  return !a.empty() && !b.empty() && Disjoint(a, b);
}

std::string Join(const std::set<std::string>& items) {
  std::string out;
  for (const std::string& item : items) {
    const size_t at = item.rfind('/');
    out += Concat(out.empty() ? "" : ", ",
                  std::string_view(item).substr(at == std::string::npos ? 0 : at + 1));
  }
  return out;
}

class LinkBuilder {
 public:
  explicit LinkBuilder(const QuadSource& source)
      : source_(source), graph_(Term::Iri(iri::kLinksGraph)) {}

  absl::StatusOr<std::vector<Quad>> Run() {
    SANAD_RETURN_IF_ERROR(LinkEvents());
    SANAD_RETURN_IF_ERROR(LinkPersons());
    if (!out_.empty())
      out_.push_back({graph_, Term::Iri(iri::kRdfType), Term::Iri(iri::kProvenanceGraph), graph_});
    return std::move(out_);
  }

 private:
  absl::Status Collect(std::string_view property, std::set<std::string> EventFacts::*member) {
    SANAD_ASSIGN_OR_RETURN(
        const std::vector<Quad> quads,
        ReadQuads(source_, Term(), Term::Iri(Concat(SANAD_KG_NS, property)), Term(), Term()));
    for (const Quad& quad : quads) {
      const std::string& graph = quad.graph.value();
      // Only what documents plainly state: their own graphs, their own events.
      const std::string_view document = DocumentOf(quad.subject.value());
      if (graph.find("#sentence-") == std::string::npos || DocumentOf(graph) != document) continue;
      const bool full_date = member != &EventFacts::dates || quad.object.datatype() == kDate;
      if (full_date) (events_[quad.subject.value()].*member).insert(quad.object.value());
    }
    return absl::OkStatus();
  }

  absl::Status LinkEvents() {
    SANAD_RETURN_IF_ERROR(Collect("heldIn", &EventFacts::places));
    SANAD_RETURN_IF_ERROR(Collect("heldOn", &EventFacts::dates));
    SANAD_RETURN_IF_ERROR(Collect("participant", &EventFacts::participants));
    SANAD_RETURN_IF_ERROR(Collect("roundNumber", &EventFacts::rounds));
    // Countries and organisations say who met; persons differ from report to report.
    for (auto& [event, facts] : events_) {
      std::erase_if(facts.participants, [](const std::string& p) {
        return p.find("/id/country/") == std::string::npos &&
               p.find("/id/organization/") == std::string::npos;
      });
    }
    std::map<std::pair<std::string, std::string>, std::vector<const std::string*>>
        by_place_and_date;
    for (const auto& [event, facts] : events_) {
      for (const std::string& place : facts.places) {
        for (const std::string& date : facts.dates)
          by_place_and_date[{place, date}].push_back(&event);
      }
    }
    for (const auto& [key, group] : by_place_and_date) {
      for (size_t i = 0; i < group.size(); ++i) {
        for (size_t j = i + 1; j < group.size(); ++j) LinkPair(*group[i], *group[j]);
      }
    }
    return absl::OkStatus();
  }

  void LinkPair(const std::string& a, const std::string& b) {
    if (DocumentOf(a) == DocumentOf(b)) return;
    const EventFacts &x = events_[a], &y = events_[b];
    if (x.participants.empty() || x.participants != y.participants ||
        Contradict(x.rounds, y.rounds))
      return;
    // Two places or dates in one report contradict those of another only when
    // none is shared, which the grouping has seen to.
    AddLink(a, iri::kSameEvent, b,
            Concat("place, date and participants agree: ", Join(x.places), "; ", Join(x.dates),
                   "; ", Join(x.participants)));
  }

  absl::Status LinkPersons() {
    SANAD_ASSIGN_OR_RETURN(const std::vector<Quad> persons,
                           ReadQuads(source_, Term(), Term::Iri(iri::kRdfType),
                                     Term::Iri(SANAD_KG_NS "Person"), Term()));
    std::set<std::string> names;
    for (const Quad& quad : persons) {
      if (quad.subject.value().find("/id/person/") != std::string::npos)
        names.insert(quad.subject.value());
    }
    std::map<std::string, std::vector<std::string>> by_skeleton;
    for (const std::string& person : names) {
      std::string name = person.substr(person.rfind('/') + 1);
      std::replace(name.begin(), name.end(), '-', ' ');
      const std::string skeleton = ConsonantSkeleton(name);
      if (skeleton.size() >= kMinSkeleton + 1) by_skeleton[skeleton].push_back(person);
    }
    for (const auto& [skeleton, group] : by_skeleton) {
      for (size_t i = 0; i < group.size(); ++i) {
        for (size_t j = i + 1; j < group.size(); ++j) {
          AddLink(group[i], iri::kMaybeSame, group[j],
                  Concat("the names share the consonants ", skeleton));
        }
      }
    }
    return absl::OkStatus();
  }

  void AddLink(const std::string& a, std::string_view property, const std::string& b,
               std::string reason) {
    const Term subject = Term::Iri(a), object = Term::Iri(b), predicate = Term::Iri(property);
    out_.push_back({subject, predicate, object, graph_});
    const std::string key = Concat(a, "\n", property, "\n", b);
    char hash[17];
    std::snprintf(hash, sizeof hash, "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits(key.data(), key.size())));
    const Term node = Term::Iri(Concat(iri::kLinksGraph, "#link-", std::string_view(hash)));
    out_.push_back({node, Term::Iri(iri::kRdfSubject), subject, graph_});
    out_.push_back({node, Term::Iri(iri::kRdfPredicate), predicate, graph_});
    out_.push_back({node, Term::Iri(iri::kRdfObject), object, graph_});
    out_.push_back({node, Term::Iri(SANAD_NS "reason"), Term::String(reason), graph_});
  }

  const QuadSource& source_;
  Term graph_;
  std::map<std::string, EventFacts> events_;
  std::vector<Quad> out_;
};

}  // namespace

absl::StatusOr<std::vector<Quad>> ComputeLinks(const QuadSource& source) {
  return LinkBuilder(source).Run();
}

}  // namespace sanad
