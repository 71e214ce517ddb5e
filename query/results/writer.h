// The writers behind WriteResults: one class a format.

#ifndef SANAD_QUERY_RESULTS_WRITER_H_
#define SANAD_QUERY_RESULTS_WRITER_H_

#include <memory>
#include <string>
#include <vector>

#include <sanad/query.h>
#include <sanad/results.h>

namespace sanad::results {

// Appends text to a buffer; WriteResults hands the buffer on.
// Single-threaded.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void Begin(const std::vector<std::string>& variables, std::string& out) = 0;
  // The cursor's current row.
  virtual void Row(const Cursor& cursor, std::string& out) = 0;
  virtual void End(std::string& out) = 0;
  // A whole ASK result.
  virtual void Boolean(bool value, std::string& out) = 0;
};

// query/results/json_writer.cc, xml_writer.cc, csv_writer.cc
std::unique_ptr<Writer> MakeJsonWriter();
std::unique_ptr<Writer> MakeXmlWriter();
std::unique_ptr<Writer> MakeCsvWriter();
std::unique_ptr<Writer> MakeTsvWriter();

}  // namespace sanad::results

#endif  // SANAD_QUERY_RESULTS_WRITER_H_
