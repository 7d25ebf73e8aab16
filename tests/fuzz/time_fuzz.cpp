// Times come from addresses, command lines, STAC items and file names.

#include "tiler/core/instant.hpp"
#include "tiler/workspace/time_choice.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace relief;

/// What is shown is read as the same time again.
void check(const InstantRange& time) {
    if (time.first > time.last) std::abort();
    const auto again = parse_observed(to_text(time));
    if (!again || *again != time) std::abort();
}

void check(const workspace::TimeChoice& choice) {
    const auto& [first, last] = choice.interval;
    if (first && last && *first > *last) std::abort();
    if (choice.words) check(*choice.words);
    if (choice.maximum_age && choice.maximum_age->count() < 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto time = parse_observed(text)) check(*time);
    if (const auto date = parse_http_date(text)) static_cast<void>(to_http_date(*date));
    if (const auto choice = workspace::parse_time_choice(text, "")) check(*choice);
    if (const auto choice = workspace::parse_time_choice("latest", text)) check(*choice);
    return 0;
}
