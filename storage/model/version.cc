#include <sanad/version.h>

namespace sanad {

std::string_view Version() { return "0.1.0"; }

}  // namespace sanad
