// Transactions, a prepared query with a parameter, and a query that another
// thread cancels.

#include <chrono>
#include <iostream>
#include <thread>

#include <sanad/query.h>
#include <sanad/store.h>

namespace {

const char kKnows[] = "http://example.org/knows";

sanad::Term Person(int number) {
  return sanad::Term::Iri("http://example.org/person/" + std::to_string(number));
}

// A ring of people; each knows the next three.
absl::Status InsertPeople(sanad::Store& store, int count) {
  absl::StatusOr<std::unique_ptr<sanad::Transaction>> transaction = store.Begin();
  if (!transaction.ok()) return transaction.status();
  for (int i = 0; i < count; ++i) {
    for (int step = 1; step <= 3; ++step) {
      absl::Status status = (*transaction)
                                ->Insert({Person(i), sanad::Term::Iri(kKnows),
                                          Person((i + step) % count), sanad::Term()});
      if (!status.ok()) return status;  // Leaving discards the transaction.
    }
  }
  return (*transaction)->Commit();  // On disk when it returns.
}

// The same prepared query for different people.
absl::Status WhomDoesKnow(const sanad::Query& query, const sanad::Store& store, int person) {
  sanad::QueryOptions options;
  options.parameters["who"] = Person(person);
  auto cursor = query.Execute(store.NewSnapshot(), options);
  if (!cursor.ok()) return cursor.status();
  std::cout << Person(person).value() << " knows";
  while ((*cursor)->Next()) std::cout << " " << (*cursor)->value(0).value();
  std::cout << "\n";
  return (*cursor)->status();
}

// A product of three patterns would run for hours; another thread stops it.
absl::Status CancelFromAnotherThread(const sanad::Store& store) {
  auto query = sanad::Query::Parse(
      "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(?a != ?f) }");
  if (!query.ok()) return query.status();
  sanad::QueryOptions options;
  std::thread canceller([token = options.cancel] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    token.Cancel();
  });
  auto cursor = query->Execute(store.NewSnapshot(), options);
  absl::Status status = cursor.status();
  if (cursor.ok()) {
    while ((*cursor)->Next()) continue;
    status = (*cursor)->status();
  }
  canceller.join();
  std::cout << "the long query ended with: " << status.ToString() << "\n";
  return absl::IsCancelled(status) ? absl::OkStatus() : absl::InternalError("it was not cancelled");
}

absl::Status Run() {
  auto store = sanad::Store::OpenInMemory();
  if (!store.ok()) return store.status();
  if (auto status = InsertPeople(**store, 5000); !status.ok()) return status;
  std::cout << (*store)->NewSnapshot().quad_count() << " statements\n";

  auto query = sanad::Query::Parse("SELECT ?whom WHERE { ?who <http://example.org/knows> ?whom }");
  if (!query.ok()) return query.status();
  for (int person : {0, 4999}) {
    if (auto status = WhomDoesKnow(*query, **store, person); !status.ok()) return status;
  }
  return CancelFromAnotherThread(**store);
}

}  // namespace

int main() {
  absl::Status status = Run();
  if (!status.ok()) std::cerr << status.ToString() << "\n";
  return status.ok() ? 0 : 1;
}
