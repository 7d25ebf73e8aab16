// Tables of reports come from anybody.

#include "tests/fuzz/report_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Whatever the bytes begin with, they are read as a table.
    relief::report::check_reading({reinterpret_cast<const char*>(data), size},
                                  relief::report::Format::csv);
    return 0;
}
