// Bytes of a connection up to the answer "this is a request": however they are cut, the verdict is
// the same, and what is taken holds nothing that two readers could understand differently.

#include "server/http/check_head.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool promise) {
    if (!promise) std::abort();
}

bool is_inside(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace relief::http;
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);

    const auto at_once = scan_head(bytes, 0);
    const std::size_t cut = std::min<std::size_t>(data[0], bytes.size());
    const auto first = scan_head(bytes.substr(0, cut), 0);
    if (!first.bad && first.end == 0) {
        const auto second = scan_head(bytes, first.scanned);
        require(second.end == at_once.end && second.bad == at_once.bad);
    }
    require(at_once.end <= bytes.size() && at_once.scanned <= bytes.size());
    if (at_once.bad || at_once.end == 0) return 0;

    const auto whole = bytes.substr(0, at_once.end);
    const auto checked = check_head(whole);
    const auto* head = std::get_if<Head>(&checked);
    if (head == nullptr) return 0;
    require(is_inside(head->method, whole) && is_inside(head->target, whole) &&
            is_inside(head->authority, whole));
    require(!head->target.empty() &&
            head->target.find_first_of(" \r\n#") == std::string_view::npos);
    require(head->authority.find_first_of(" /?#@<>\"'\\") == std::string_view::npos);
    require(!(head->chunked && head->content_length > 0));
    return 0;
}
