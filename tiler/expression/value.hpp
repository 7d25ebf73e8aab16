#pragma once
// A value that an expression works with: small, without owner, cheap to copy.

#include "tiler/expression/scratch.hpp"
#include "tiler/expression/type.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace relief::expression {

/// Units: 0 to 1 each, sRGB; straight alpha.
struct Rgba {
    double red;
    double green;
    double blue;
    double alpha;
    bool operator==(const Rgba&) const = default;
};

class Value;
class Collator;
struct Member;
struct Section;

struct Projection {
    std::string_view from;
    std::string_view to;
    double transition = 1;        ///< 0: wholly `from`, 1: wholly `to`
    bool stated_as_list = false;  ///< as [from, to, transition]; then it is written so again
};

/// Where a label may stand, and how far from its point. Units: ems.
struct AnchorOffset {
    std::string_view anchor;
    double x = 0;
    double y = 0;
};

/// Why an evaluation gave nothing.
struct Failure {
    std::string_view message;
    std::string_view key;  ///< of the part that failed: "[2][1]"
};

/// A null, number, text and so on. Lists and texts are looked at, not owned: they live as long as
/// the feature, the expression or the scratch that they came from.
class Value {
public:
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): one member of the union is enough
    Value() noexcept : number_(0) {}
    static Value number(double number) noexcept;
    static Value boolean(bool boolean) noexcept;
    static Value text(std::string_view text) noexcept;
    static Value color(const Rgba& color) noexcept;
    static Value array(std::span<const Value> items) noexcept;
    static Value object(std::span<const Member> members) noexcept;
    static Value padding(std::span<const double, 4> sides) noexcept;
    static Value number_array(std::span<const double> numbers) noexcept;
    static Value color_array(std::span<const Rgba> colors) noexcept;
    static Value formatted(std::span<const Section> sections) noexcept;
    static Value image(std::string_view name, bool available) noexcept;
    static Value projection(const Projection& projection) noexcept;
    static Value anchor_offsets(std::span<const AnchorOffset> offsets) noexcept;
    static Value collator(const Collator& collator) noexcept;
    static Value failure(const Failure& failure) noexcept;
    /// Not a value yet: what a slot holds before its variable is worked out.
    static Value unknown() noexcept;

    Kind kind() const noexcept { return kind_; }
    bool is(Kind kind) const noexcept { return kind_ == kind; }
    bool is_null() const noexcept { return kind_ == Kind::null; }
    bool failed() const noexcept { return kind_ == Kind::error; }

    // Asked of a value of another kind they give not-a-number, false, nothing.
    double as_number() const noexcept {
        return kind_ == Kind::number ? number_ : std::numeric_limits<double>::quiet_NaN();
    }
    bool as_boolean() const noexcept { return kind_ == Kind::boolean && flag_; }
    /// Of a string, or the name of an image.
    std::string_view as_text() const noexcept;
    Rgba as_color() const noexcept { return kind_ == Kind::color ? color_ : Rgba{0, 0, 0, 0}; }
    std::span<const Value> items() const noexcept { return list<Value>(Kind::array); }
    std::span<const Member> members() const noexcept;
    std::span<const double> numbers() const noexcept;
    std::span<const Rgba> colors() const noexcept { return list<Rgba>(Kind::color_array); }
    std::span<const Section> sections() const noexcept;
    std::span<const AnchorOffset> offsets() const noexcept {
        return list<AnchorOffset>(Kind::anchor_offsets);
    }
    bool available() const noexcept { return kind_ == Kind::image && flag_; }
    Projection as_projection() const noexcept;
    /// Null unless it is a collator.
    const Collator* as_collator() const noexcept;
    Failure as_failure() const noexcept;

    /// As `==` and `in` see it: same kind, same number, text or truth; lists never equal.
    bool equals(const Value& other) const noexcept;

private:
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): one member of the union is enough
    Value(Kind kind, std::uint32_t size, const void* pointer) noexcept
        : kind_(kind), size_(size), pointer_(pointer) {}
    template <typename Element>
    static Value listed(Kind kind, std::span<const Element> elements) noexcept {
        return {kind, static_cast<std::uint32_t>(elements.size()), elements.data()};
    }
    template <typename Element>
    std::span<const Element> list(Kind kind) const noexcept {
        if (kind_ != kind) return {};
        return {static_cast<const Element*>(pointer_), size_};
    }

    Kind kind_ = Kind::null;
    bool flag_ = false;
    std::uint32_t size_ = 0;
    union {
        double number_;
        Rgba color_;
        const void* pointer_;
    };
};

struct Member {
    std::string_view name;
    Value value;
};

/// A run of a label that is drawn alike. Null where the layer's own property holds.
struct Section {
    std::string_view text;
    Value image;
    Value scale;
    Value font_stack;
    Value color;
    Value vertical_align;
};

/// The type that the language finds in a value: "array<number, 3>" for three numbers.
Type type_of(const Value& value);
/// Whether the value is of the type, told without building its own.
bool conforms(const Value& value, const Type& type);

/// The member of an object; null when it has none of the name.
const Value* find_member(const Value& object, std::string_view name) noexcept;

/// As `to-string` gives it: numbers in ECMAScript's shortest form, lists as JSON.
std::string to_text(const Value& value);
/// ECMA-262, Number::toString.
std::string to_text(double number);

/// Less than 0, 0 or more: by UTF-16 code units, the order of `<` between texts.
struct TextPair {
    std::string_view left;
    std::string_view right;
};
int compare(const TextPair& texts) noexcept;

}  // namespace relief::expression
