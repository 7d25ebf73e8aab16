#include "tiler/expression/value.hpp"

#include <algorithm>

namespace relief::expression {

Value Value::number(double number) noexcept {
    Value value;
    value.kind_ = Kind::number;
    value.number_ = number;
    return value;
}

Value Value::boolean(bool boolean) noexcept {
    Value value;
    value.kind_ = Kind::boolean;
    value.flag_ = boolean;
    return value;
}

Value Value::text(std::string_view text) noexcept {
    return {Kind::string, static_cast<std::uint32_t>(text.size()), text.data()};
}

Value Value::color(const Rgba& color) noexcept {
    Value value;
    value.kind_ = Kind::color;
    value.color_ = color;
    return value;
}

Value Value::array(std::span<const Value> items) noexcept {
    return listed(Kind::array, items);
}

Value Value::object(std::span<const Member> members) noexcept {
    return listed(Kind::object, members);
}

Value Value::padding(std::span<const double, 4> sides) noexcept {
    return listed(Kind::padding, std::span<const double>(sides));
}

Value Value::number_array(std::span<const double> numbers) noexcept {
    return listed(Kind::number_array, numbers);
}

Value Value::color_array(std::span<const Rgba> colors) noexcept {
    return listed(Kind::color_array, colors);
}

Value Value::formatted(std::span<const Section> sections) noexcept {
    return listed(Kind::formatted, sections);
}

Value Value::image(std::string_view name, bool available) noexcept {
    Value value(Kind::image, static_cast<std::uint32_t>(name.size()), name.data());
    value.flag_ = available;
    return value;
}

Value Value::projection(const Projection& projection) noexcept {
    return {Kind::projection, 1, &projection};
}

Value Value::anchor_offsets(std::span<const AnchorOffset> offsets) noexcept {
    return listed(Kind::anchor_offsets, offsets);
}

Value Value::collator(const Collator& collator) noexcept {
    return {Kind::collator, 1, &collator};
}

Value Value::failure(const Failure& failure) noexcept {
    return {Kind::error, 1, &failure};
}

Value Value::unknown() noexcept {
    Value value;
    value.kind_ = Kind::value;
    return value;
}

std::string_view Value::as_text() const noexcept {
    if (kind_ != Kind::string && kind_ != Kind::image) return {};
    return {static_cast<const char*>(pointer_), size_};
}

std::span<const Member> Value::members() const noexcept {
    return list<Member>(Kind::object);
}

std::span<const Section> Value::sections() const noexcept {
    return list<Section>(Kind::formatted);
}

std::span<const double> Value::numbers() const noexcept {
    return kind_ == Kind::padding ? list<double>(Kind::padding) : list<double>(Kind::number_array);
}

Projection Value::as_projection() const noexcept {
    return kind_ == Kind::projection ? *static_cast<const Projection*>(pointer_) : Projection{};
}

const Collator* Value::as_collator() const noexcept {
    return kind_ == Kind::collator ? static_cast<const Collator*>(pointer_) : nullptr;
}

Failure Value::as_failure() const noexcept {
    return kind_ == Kind::error ? *static_cast<const Failure*>(pointer_) : Failure{};
}

bool Value::equals(const Value& other) const noexcept {
    if (kind_ != other.kind_) return false;
    switch (kind_) {
        case Kind::null: return true;
        case Kind::number: return number_ == other.number_;
        case Kind::boolean: return flag_ == other.flag_;
        case Kind::string: return as_text() == other.as_text();
        default: return false;
    }
}

namespace {

/// What the items of a list have in common; lists in a list have nothing in common.
Type shared_item_type(std::span<const Value> items) {
    if (items.empty()) return Kind::value;
    Type shared = type_of(items.front());
    for (const Value& item : items.subspan(1)) {
        if (shared.is(Kind::array) || item.kind() != shared.kind()) return Kind::value;
    }
    return shared;
}

}  // namespace

Type type_of(const Value& value) {
    if (!value.is(Kind::array)) return value.kind();
    return Type::array(shared_item_type(value.items()), value.items().size());
}

bool conforms(const Value& value, const Type& type) {
    if (type.is(Kind::value)) return !value.is(Kind::collator);
    if (!value.is(type.kind())) return false;
    if (!type.is(Kind::array)) return true;
    const auto items = value.items();
    if (type.length() && *type.length() != items.size()) return false;
    const Type item = type.item();
    return std::all_of(
        items.begin(), items.end(), [&](const Value& each) { return conforms(each, item); });
}

const Value* find_member(const Value& object, std::string_view name) noexcept {
    for (const Member& member : object.members()) {
        if (member.name == name) return &member.value;
    }
    return nullptr;
}

int compare(const TextPair& texts) noexcept {
    const auto [a, b] =
        std::mismatch(texts.left.begin(), texts.left.end(), texts.right.begin(), texts.right.end());
    if (a == texts.left.end()) return b == texts.right.end() ? 0 : -1;
    if (b == texts.right.end()) return 1;
    // UTF-8 sorts as UTF-16 does, but that surrogates (four bytes, F0 and up) come before U+E000
    // to U+FFFF (three bytes, EE and EF).
    const auto rank = [](char byte) {
        const int code = static_cast<unsigned char>(byte);
        return code == 0xEE || code == 0xEF ? code + 0x10 : code;
    };
    return rank(*a) < rank(*b) ? -1 : 1;
}

}  // namespace relief::expression
