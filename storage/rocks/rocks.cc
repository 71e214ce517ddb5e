#include "storage/kv/kv.h"
