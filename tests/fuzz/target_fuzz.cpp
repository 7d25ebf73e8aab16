// Request targets as hostile clients write them: what is taken must be clean, and what is logged
// must be one line without a token.

#include "server/http/target.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool promise) {
    if (!promise) std::abort();
}

bool is_clean(std::string_view text) {
    return std::none_of(
        text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace relief::http;
    const std::string_view target(reinterpret_cast<const char*>(data), size);

    require(is_clean(for_log(target)));
    const auto parsed = parse_target(target);
    if (!parsed) {
        require(is_clean(parsed.error().what));
        return 0;
    }
    std::string path;
    for (const auto& segment : parsed->segments) {
        require(is_clean(segment) && segment != "." && segment != "..");
        path += '/' + percent_encode(segment);
    }
    for (const auto& [name, value] : parsed->query.items) {
        require(is_clean(name) && is_clean(value));
        path += (path.find('?') == std::string::npos ? '?' : '&') + percent_encode(name) + '=' +
                percent_encode(value);
    }
    // What was read and is written again reads the same.
    if (path.empty() || path.front() == '?') path.insert(0, "/");
    const auto again = parse_target(path);
    require(again && again->segments == parsed->segments &&
            again->query.items == parsed->query.items);
    return 0;
}
