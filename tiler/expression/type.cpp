#include "tiler/expression/type.hpp"

#include "tiler/core/enum_names.hpp"

namespace relief::expression {
namespace {

constexpr EnumNames<17> kind_names{"null",
                                   "number",
                                   "string",
                                   "boolean",
                                   "color",
                                   "projectionDefinition",
                                   "object",
                                   "value",
                                   "array",
                                   "error",
                                   "collator",
                                   "formatted",
                                   "padding",
                                   "numberArray",
                                   "colorArray",
                                   "resolvedImage",
                                   "variableAnchorOffsetCollection"};

}  // namespace

std::string_view name_of(Kind kind) noexcept {
    return relief::name_of(kind_names, kind);
}

Type Type::array(const Type& item, std::optional<std::size_t> length) {
    Type type(Kind::array);
    type.item_ = std::make_shared<const Type>(item);
    type.length_ = length;
    return type;
}

std::string Type::name() const {
    if (kind_ != Kind::array) return std::string(name_of(kind_));
    const Type inner = item();
    if (length_) return "array<" + inner.name() + ", " + std::to_string(*length_) + ">";
    return inner.is(Kind::value) ? "array" : "array<" + inner.name() + ">";
}

bool Type::accepts(const Type& actual) const {
    if (actual.is(Kind::error)) return true;
    if (kind_ == Kind::value) return !actual.is(Kind::collator);
    if (kind_ != Kind::array) return kind_ == actual.kind_;
    if (!actual.is(Kind::array)) return false;
    const bool empty = actual.length_ == 0U && actual.item().is(Kind::value);
    return (empty || item().accepts(actual.item())) && (!length_ || length_ == actual.length_);
}

bool Type::operator==(const Type& other) const {
    if (kind_ != other.kind_ || length_ != other.length_) return false;
    return kind_ != Kind::array || item() == other.item();
}

}  // namespace relief::expression
