#pragma once
// JSON -> parts of an expression, with types inferred and everything constant worked out.

#include "tiler/expression/node.hpp"

#include <nlohmann/json_fwd.hpp>

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::expression {

using Json = nlohmann::json;

/// What is wrong with an expression, and in which part: "[2][1]", "" for the whole.
struct ParseError {
    std::string key;
    std::string message;
};

/// How a value of unknown type is made to fit the type expected of it.
enum class Annotation : std::uint8_t {
    as_usual,  ///< checked, or converted where the type asks for that
    convert,   ///< always converted
    none,      ///< left alone; whoever asks sees to it
};

struct Expected {
    std::optional<Type> type{};  ///< nothing: any
    Annotation annotation = Annotation::as_usual;
};

/// Limits of one expression; beyond them it is refused.
struct ParseLimits {
    std::size_t depth = 200;
    std::size_t parts = 200'000;  ///< looked at, the same part more than once when need be
    std::size_t constants = std::size_t{32} << 20U;  ///< bytes
    std::size_t texts = longest_text;  ///< bytes of one that is worked out while parsing
};

/// Parses one expression; then it is used up. Deep inside, "the place" is the part that is being
/// parsed: errors and keys speak of it.
class Parser {
public:
    /// The keys grow by those that the expression asks for.
    explicit Parser(PropertyKeys& keys, const ParseLimits& limits = {});

    /// The part at the place. Null after an error.
    NodePointer parse(const Json& json, const Expected& expected);
    /// Its index-th part (0 is the operator's name).
    NodePointer parse_child(const Json& json, std::size_t index, const Expected& expected);

    /// Notes an error, of the place or of a part of it. Gives null.
    NodePointer fail(const std::string& message, std::initializer_list<std::size_t> below = {});
    /// Notes an error of the part that the path leads to. Gives null.
    NodePointer fail_at(const std::vector<std::size_t>& path, const std::string& message);
    /// Notes an error of a part unless the actual type may stand for the expected one.
    bool check(const Type& expected, const Type& actual, std::initializer_list<std::size_t> below);

    /// "[2][1]".
    std::string key() const;
    /// What is expected at the place.
    const std::optional<Type>& expected_type() const noexcept { return expected_; }
    PropertyKeys& keys() noexcept { return *keys_; }
    Scratch& constants() noexcept { return *constants_; }
    std::shared_ptr<Scratch> share_constants() const noexcept { return constants_; }
    /// A literal whose value is copied; null, with an error, when it is too large.
    NodePointer literal(const Json& json);

    /// A variable from here on; gives its slot.
    struct Variable {
        NodePointer value;
        std::size_t slot = 0;
    };
    std::size_t new_slot() noexcept { return slots_++; }
    std::size_t slot_count() const noexcept { return slots_; }
    void bind(const std::string& name, const Variable& variable);
    void unbind(const std::string& name);
    const Variable* variable(const std::string& name) const;

    const std::vector<ParseError>& errors() const noexcept { return errors_; }
    /// At least one after a parse that gave null. What is beyond the limits is the only one.
    std::vector<ParseError> take_errors();
    /// Errors noted since are forgotten.
    void forget_errors(std::size_t kept) { errors_.resize(kept); }

private:
    bool within_limits();
    NodePointer parse_operation(const Json& json);
    NodePointer fit(NodePointer node, Annotation annotation);
    NodePointer fold(NodePointer node);

    PropertyKeys* keys_;
    ParseLimits limits_;
    std::shared_ptr<Scratch> constants_;
    std::vector<std::size_t> path_;
    std::optional<Type> expected_;
    std::map<std::string, std::vector<Variable>> variables_;
    std::vector<ParseError> errors_;
    std::size_t slots_ = 0;
    std::size_t parts_ = 0;
    std::optional<ParseError> gave_up_;  ///< at a limit
};

}  // namespace relief::expression
