// Fuzz target of one reader, chosen by SANAD_FUZZ_SYNTAX: any bytes are read or
// refused; cut into pieces they give the same; what was read can be written and
// read back.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "read_all.h"

namespace sanad {
namespace {

constexpr RdfSyntax kSyntax = RdfSyntax::SANAD_FUZZ_SYNTAX;

std::vector<Quad> Read(ByteSource& source, RdfSyntax syntax, bool& ok) {
  std::vector<Quad> quads;
  ok = ReadQuads(source, syntax, {"http://base/a", "", {}}, [&](const QuadView& quad) {
         quads.push_back(quad.ToQuad());
         return absl::OkStatus();
       }).ok();
  return quads;
}

void CheckRoundTrip(const std::vector<Quad>& quads) {
  for (const RdfSyntax syntax : {RdfSyntax::kTriG, RdfSyntax::kNQuads}) {
    std::string text;
    const auto writer = *RdfWriter::Create(syntax,
                                           [&](std::string_view bytes) {
                                             text += bytes;
                                             return absl::OkStatus();
                                           },
                                           {{"", "http://base/"}, {"e", "http://example.org/"}});
    for (const Quad& quad : quads) {
      if (!writer->Write(quad).ok()) std::abort();
    }
    if (!writer->Finish().ok()) std::abort();
    bool ok = false;
    const auto source = MemorySource(text);
    // Labels may be renamed; everything else is as it was.
    if (Read(*source, syntax, ok).size() != quads.size() || !ok) std::abort();
  }
}

}  // namespace
}  // namespace sanad

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sanad;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  bool ok = false, ok_in_pieces = false;
  const auto whole = MemorySource(text);
  const std::vector<Quad> quads = Read(*whole, kSyntax, ok);
  PiecewiseSource pieces(text, 1 + size % 7);
  if (Read(pieces, kSyntax, ok_in_pieces) != quads || ok != ok_in_pieces) std::abort();
  if (ok) CheckRoundTrip(quads);
  return 0;
}
