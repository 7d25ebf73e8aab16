// CAP, GDACS and GeoRSS come from anybody.

#include "tests/fuzz/report_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    relief::report::check_reading("<" + std::string(reinterpret_cast<const char*>(data), size),
                                  std::nullopt);
    return 0;
}
