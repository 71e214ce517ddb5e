// Loading RDF into a store: graphs, replacing, counts, labels of blank nodes,
// compressed files, cancelling, and bad files, which load nothing.

#include <sanad/loader.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "storage/model/text.h"

namespace sanad {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RdfLoad : public ::testing::Test {
 protected:
  RdfLoad() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sanad_load_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    store_ = *Store::OpenInMemory();
  }
  ~RdfLoad() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string File(const std::string& name, const std::string& content) const {
    const std::string path = folder_ + "/" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  // The dump's lines, sorted.
  std::vector<std::string> Quads() const {
    std::string text;
    auto writer = RdfWriter::Create(RdfSyntax::kNQuads, [&](std::string_view bytes) {
      text += bytes;
      return absl::OkStatus();
    });
    EXPECT_TRUE(Dump(store_->NewSnapshot(), **writer).ok());
    EXPECT_TRUE((*writer)->Finish().ok());
    std::vector<std::string> lines;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = text.find('\n', begin);
      lines.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }

  std::string Message(const absl::Status& status) const {
    std::string message(FromAbsl(status.message()));
    for (size_t at; (at = message.find(folder_)) != std::string::npos;) {
      message.replace(at, folder_.size(), "{dir}");
    }
    return message;
  }

  std::string folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(RdfLoad, AddsAndCounts) {
  Loader loader(*store_);
  const std::string file = File("a.ttl", "@base <http://x/> . <a> <b> 1, 2, 1 . ");
  auto report = loader.LoadFile(file);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->quads_added, 2u);
  EXPECT_EQ(report->quads_unchanged, 1u);
  report = loader.LoadFile(file);
  EXPECT_EQ(report->quads_added, 0u);
  EXPECT_EQ(report->quads_unchanged, 3u);
  EXPECT_EQ(Quads().size(), 2u);
}

TEST_F(RdfLoad, PutsTriplesInTheGraphAndReplacesIt) {
  Loader loader(*store_);
  LoadOptions options;
  options.graph = Term::Iri("http://g/");
  options.base_iri = "http://x/";
  ASSERT_TRUE(loader.LoadRdf("<a> <b> <c>. <h> { <a> <b> <d> }", RdfSyntax::kTriG, options).ok());
  EXPECT_THAT(Quads(), ElementsAre("<http://x/a> <http://x/b> <http://x/c> <http://g/> .",
                                   "<http://x/a> <http://x/b> <http://x/d> <http://x/h> ."));
  options.replace_graph = true;
  const auto report = loader.LoadRdf("<a> <b> <e>", RdfSyntax::kTurtle, options);
  EXPECT_FALSE(report.ok());
  EXPECT_EQ(Quads().size(), 2u);
  const auto replaced = loader.LoadRdf("<a> <b> <e>, <f> .", RdfSyntax::kTurtle, options);
  ASSERT_TRUE(replaced.ok());
  EXPECT_EQ(replaced->quads_added, 2u);
  EXPECT_EQ(replaced->quads_removed, 1u);
  EXPECT_THAT(Quads(), ElementsAre("<http://x/a> <http://x/b> <http://x/d> <http://x/h> .",
                                   "<http://x/a> <http://x/b> <http://x/e> <http://g/> .",
                                   "<http://x/a> <http://x/b> <http://x/f> <http://g/> ."));
}

TEST_F(RdfLoad, BlankNodesOfTwoLoadsAreTwoNodes) {
  Loader loader(*store_);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(loader.LoadRdf("_:a <p:> [] .", RdfSyntax::kTurtle).ok());
  }
  EXPECT_EQ(Quads().size(), 2u);
}

TEST_F(RdfLoad, BaseIsTheFileAndPrefixesAreRemembered) {
  Loader loader(*store_);
  ASSERT_TRUE(loader.LoadFile(File("a b.ttl", "@prefix p: <#> . p:a p:b <> .")).ok());
  const std::string base = "file://" + folder_ + "/a%20b.ttl";
  EXPECT_THAT(Quads(), ElementsAre(Concat("<", base, "#a> <", base, "#b> <", base, "> .")));
  EXPECT_THAT(store_->Prefixes(),
              ElementsAre(std::pair<std::string, std::string>("p", base + "#")));
}

std::string Gzip(const std::string& text) {
  std::string out(compressBound(text.size()) + 64, '\0');
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
  return out;
}

TEST_F(RdfLoad, CompressedFilesAreLookedThrough) {
  Loader loader(*store_);
  std::string text;
  for (int i = 0; i < 20000; ++i)
    text += Concat("<http://x/", i, "> <http://x/p> \"", i * 7, "\" .\n");
  const std::string rest = "<http://x/last> <http://x/p> <http://x/o> .\n";
  ASSERT_TRUE(loader.LoadFile(File("a.nt.gz", Gzip(text) + Gzip(rest))).ok());
  EXPECT_EQ(store_->NewSnapshot().quad_count(), 20001u);
  const auto again = loader.LoadFile(File("b.nt.zst", Zstd(text) + Zstd(rest)));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->quads_unchanged, 20001u);
  for (const std::string& packed : {Gzip(text), Zstd(text)}) {
    const auto cut = loader.LoadFile(File("c.nt.gz", packed.substr(0, packed.size() / 2)));
    EXPECT_EQ(cut.status().code(), absl::StatusCode::kDataLoss) << cut.status();
    EXPECT_THAT(Message(cut.status()), HasSubstr("data ends too early; get the file again"));
    std::string broken = packed;
    broken[packed.size() / 2] = static_cast<char>(broken[packed.size() / 2] ^ 0x55);
    broken[packed.size() / 2 + 1] = static_cast<char>(broken[packed.size() / 2 + 1] ^ 0x55);
    EXPECT_FALSE(loader.LoadFile(File("d.nt", broken)).ok());
  }
  EXPECT_EQ(store_->NewSnapshot().quad_count(), 20001u);
}

// A large file takes the way of the bulk loader; the result is the same.
TEST_F(RdfLoad, LargeFilesGoInBulk) {
  Loader loader(*store_);
  std::string text;
  uint64_t count = 0;
  for (; text.size() < (17u << 20); ++count) {
    text += Concat("<http://example.org/resource/", count % 50000, "> <http://example.org/p",
                   count % 10, "> \"a text of some length, number ", count,
                   "\"@en <http://example.org/g> .\n");
  }
  std::vector<std::string> stages;
  LoadOptions options;
  options.progress = [&](const LoadProgress& progress) { stages.emplace_back(progress.stage); };
  const auto report = loader.LoadFile(File("a.nq", text), options);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->quads_added, count);
  EXPECT_EQ(store_->NewSnapshot().quad_count(), count);
  EXPECT_GT(std::count(stages.begin(), stages.end(), "read"), 1);
  const auto broken = loader.LoadFile(File("b.nq", text + "<http://new/> <http://new/> .\n"));
  EXPECT_THAT(Message(broken.status()), HasSubstr("{dir}/b.nq: line "));
  EXPECT_EQ(store_->NewSnapshot().quad_count(), count);
  options.progress = [&](const LoadProgress&) { options.cancel.Cancel(); };
  EXPECT_EQ(loader.LoadFile(File("c.nq", text), options).status().code(),
            absl::StatusCode::kCancelled);
}

TEST_F(RdfLoad, ManyFilesAreAllOrNothing) {
  Loader loader(*store_);
  const std::vector<std::string> files = {File("a.ttl", "<a:> <b:> <c:> ."),
                                          File("b.nt", "<a:> <b:> <d:> .")};
  auto both = files;
  both.push_back(File("c.ttl", "<a:> <b:> ."));
  const auto failed = loader.LoadFiles(both);
  EXPECT_EQ(Message(failed.status()),
            "{dir}/c.ttl: line 1, column 11: expected an object, found '.'\n  <a:> <b:> .\n"
            "            ^");
  EXPECT_THAT(Quads(), IsEmpty());
  const auto report = loader.LoadFiles(files);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->quads_added, 2u);
}

TEST_F(RdfLoad, BadFilesAreNamed) {
  Loader loader(*store_);
  std::filesystem::create_directory(folder_ + "/d.ttl");
  struct Case {
    std::string path;
    absl::StatusCode code;
    const char* message;
  };
  const Case cases[] = {
      {folder_ + "/none.ttl", absl::StatusCode::kNotFound, "there is no file {dir}/none.ttl"},
      {folder_ + "/d.ttl", absl::StatusCode::kFailedPrecondition,
       "{dir}/d.ttl is a directory; name a file"},
      {File("a.xyz", "x"), absl::StatusCode::kInvalidArgument,
       "{dir}/a.xyz: the name does not say what it holds; known endings are .ttl .nt .nq .trig "
       ".rdf "
       "(also with .gz .zst) and .txt .md .html"},
      {File("u.nt", "<a:> <b:> \"\xC0\xAF\" ."), absl::StatusCode::kInvalidArgument,
       "{dir}/u.nt: not UTF-8 at byte 11 (line 1, column 12); convert the text to UTF-8"},
      {File("s.trig", "@prefix : <http://x/> .\n:g { :a :b :c ; }\n:a ;"),
       absl::StatusCode::kInvalidArgument,
       "{dir}/s.trig: line 3, column 4: expected a predicate, found ';'\n  :a ;\n     ^"},
  };
  for (const Case& c : cases) {
    const auto report = loader.LoadFile(c.path);
    EXPECT_EQ(report.status().code(), c.code);
    EXPECT_EQ(Message(report.status()), c.message);
  }
  EXPECT_THAT(Quads(), IsEmpty());
  const auto empty = loader.LoadFile(File("e.ttl", ""));
  ASSERT_TRUE(empty.ok());
  EXPECT_THAT(empty->warnings, ElementsAre(folder_ + "/e.ttl holds no statement"));
}

// Within the largest term, a line is read; beyond it, refused with a reason.
TEST_F(RdfLoad, LongLines) {
  Loader loader(*store_);
  const std::string long_text(100'000'000, 'x');
  const auto report = loader.LoadFile(File("a.nt", "<a:> <b:> \"" + long_text + "\" .\n"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->quads_added, 1u);
  const auto no_end = loader.LoadFile(File("b.nt", "<a:> <b:> \"" + long_text));
  EXPECT_THAT(Message(no_end.status()), HasSubstr("line 1, column 11: expected '\"'"));
}

TEST_F(RdfLoad, CancelLoadsNothing) {
  Loader loader(*store_);
  LoadOptions options;
  options.cancel.Cancel();
  EXPECT_EQ(loader.LoadRdf("<a:> <b:> <c:> .", RdfSyntax::kTurtle, options).status().code(),
            absl::StatusCode::kCancelled);
  EXPECT_THAT(Quads(), IsEmpty());
}

}  // namespace
}  // namespace sanad
