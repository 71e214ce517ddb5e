#include "query/algebra/algebra.h"
