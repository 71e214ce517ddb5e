// Hash functions (SPARQL 1.1, section 17.4.6) over the UTF-8 form of a simple
// literal, in lower-case hexadecimal.

#include <array>

#include <openssl/evp.h>

#include "query/expression/function.h"

namespace sanad {
namespace {

template <const EVP_MD* (*Algorithm)()>
Value Hash(FunctionContext& context, Arguments arguments) {
  const Term& term = arguments[0].AsTerm(context.query);
  if (!IsSimpleLiteral(term)) return Value::Error();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  if (EVP_Digest(term.value().data(), term.value().size(), digest.data(), &size, Algorithm(),
                 nullptr) != 1) {
    return Value::Error();  // An algorithm that the installed policy forbids.
  }
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return Value::String(out);
}

constexpr Function kFunctions[] = {
    {"MD5", 1, 1, Hash<EVP_md5>},       {"SHA1", 1, 1, Hash<EVP_sha1>},
    {"SHA256", 1, 1, Hash<EVP_sha256>}, {"SHA384", 1, 1, Hash<EVP_sha384>},
    {"SHA512", 1, 1, Hash<EVP_sha512>},
};

}  // namespace

std::span<const Function> HashFunctions() { return kFunctions; }

}  // namespace sanad
