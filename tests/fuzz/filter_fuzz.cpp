// Any text as a filter: parsed and, when accepted, asked of features that know all, and nothing.
#include "tiler/query/filter.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using relief::AttributeType;
using relief::AttributeValue;

class Known final : public relief::query::Row {
public:
    explicit Known(bool known) : known_(known) {}
    std::optional<AttributeValue> value(std::size_t attribute) const override {
        if (!known_) return std::nullopt;
        switch (attribute) {
            case 0: return AttributeValue(std::string("Ra's 2024-05-01"));
            case 1: return AttributeValue(std::int64_t{-9'000'000'000'000'000'000});
            case 2: return AttributeValue(1e308);
            default: return AttributeValue(true);
        }
    }
    relief::GeometryKind kind() const override { return relief::GeometryKind::area; }
    std::uint64_t id() const override { return 1; }

private:
    bool known_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto filter = relief::query::Filter::parse(text,
                                                     {{"a", AttributeType::text},
                                                      {"b", AttributeType::integer},
                                                      {"c", AttributeType::number},
                                                      {"d", AttributeType::boolean}});
    if (!filter) return 0;
    filter->holds(Known(true), 3);
    filter->holds(Known(false), 3);
    return 0;
}
