#include "storage/encoding/term_id.h"
