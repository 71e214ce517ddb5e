// The sets of words and the types that the phases ask for by name.

#ifndef SANAD_LOADER_DOCUMENT_WELL_KNOWN_SETS_H_
#define SANAD_LOADER_DOCUMENT_WELL_KNOWN_SETS_H_

#include "loader/document/annotated_text.h"

namespace sanad {

// Sets and types that the phases written in C++ ask for by name. Their words are
// data: `set` blocks of rule files and frames of lexicons.
struct WellKnown {
  // Clause structure.
  Symbol barrier, separator, relative, np_stop, np_trim, light_head, article, demonstrative,
      between;
  Symbol preposition, function_word, any_verb, also;
  // Status.
  Symbol negator, not_negator, future, planned, agreed_plan, agree, agreement_noun, hope, condition,
      request, next, claim, say, deny, reject, series_word, cancel, postpone, put_off, from, until,
      since, possessive, his, attend, lead, mediate, host, one, committee, past_aux;
  // Events.
  Symbol event, series, fresh, indefinite, other_part, plural_event, copula, pronoun_event,
      this_time;
  Symbol party, party_persons, pair, party_of_three, honorific, document, include, room, he, she,
      they;
  Symbol sidelines, aside, fields, happen, audience, press, that, postponing, cancelling;
  Symbol background, as_for, effect_ahead, hearsay, half_year, aside_opening, nominal_that,
      proximal, name_head, including, any, apposition, say_bare, say_about;
  Symbol title, org_head, previous, colleague, posting, infinitive, in, about, addresses, receive,
      meet, discussing, name_particle, year_end, quarter, mediation, auspices, attempt, collapse,
      venue, told_noun, during, during_it, worth, grant, fruit, done, last, resumptive, series_of,
      after_clause, ever_since, call, contact_head, with, hold;
  Symbol definite_article, by_event, purpose;
  Symbol state_noun, city_noun, capital;
  // Values.
  Symbol midnight, before_year_end, dash;
  // Mention types.
  Symbol t_country, t_city, t_place, t_organization, t_person, t_nation, t_date, t_duration,
      t_number, t_ordinal, t_event, t_party, t_np, t_position, t_title, t_span, t_outcome,
      t_proposal;
};

// Resolves the names.
WellKnown InternWellKnown(SymbolTable& symbols);

}  // namespace sanad

#endif  // SANAD_LOADER_DOCUMENT_WELL_KNOWN_SETS_H_
