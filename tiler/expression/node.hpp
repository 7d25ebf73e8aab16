#pragma once
// A part of a compiled expression.

#include "tiler/expression/evaluation.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relief::expression {

/// What a value depends on, as bits.
enum Reads : std::uint32_t {
    reads_nothing = 0,
    reads_feature = 1U << 0U,
    reads_feature_state = 1U << 1U,
    reads_zoom = 1U << 2U,
    reads_global_state = 1U << 3U,
    reads_geometry = 1U << 4U,
    reads_ramp_input = 1U << 5U,   ///< heatmap density, line progress, elevation and the like
    reads_surroundings = 1U << 6U  ///< locale, pictures, scripts: never folded, though constant
};

class Node;

/// One evaluation of one expression.
struct Run {
    const Evaluation& with;
    Value* slots;  ///< of variables

    Scratch& scratch() const noexcept { return *with.scratch; }

    /// say gives the message; it is asked only when somebody wants to know.
    template <typename Say>
    Value fail(std::string_view key, const Say& say) const {
        if (!with.explain) return unexplained();
        return explained(key, say());
    }
    /// The text kept for as long as the scratch; a failure when it is too long to keep.
    Value keep(const Node& by, std::string_view text) const;
    Value out_of_room(std::string_view key) const;

private:
    static Value unexplained() noexcept;
    Value explained(std::string_view key, const std::string& message) const;
};

using NodePointer = std::shared_ptr<const Node>;

/// Immutable; evaluated by any number of threads at once.
class Node {
public:
    /// What a part is to the rules about zoom; most are nothing special.
    enum class Role : std::uint8_t { ordinary, literal, let, coalesce, step, interpolate, zoom };

    struct Facts {
        Type type;
        std::string key{};  ///< where it stands in the expression: "[2][1]"
        std::vector<NodePointer> children{};
        std::uint32_t reads = reads_nothing;  ///< by itself
        Role role = Role::ordinary;
    };

    explicit Node(Facts facts);
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    Node(Node&&) = delete;
    Node& operator=(Node&&) = delete;
    virtual ~Node() = default;

    /// Gives a failure when there is no value; never throws.
    virtual Value evaluate(const Run& run) const = 0;

    const Type& type() const noexcept { return facts_.type; }
    const std::string& key() const noexcept { return facts_.key; }
    Role role() const noexcept { return facts_.role; }
    const std::vector<NodePointer>& children() const noexcept { return facts_.children; }
    /// Of the part and all its parts.
    std::uint32_t reads() const noexcept { return facts_.reads; }

protected:
    const Node& child(std::size_t index) const noexcept { return *facts_.children[index]; }
    std::size_t child_count() const noexcept { return facts_.children.size(); }

private:
    Facts facts_;
};

/// A value that is known.
class Literal final : public Node {
public:
    Literal(const Type& type, const Value& value)
        : Node({.type = type, .role = Role::literal}), value_(value) {}
    Value evaluate(const Run&) const override { return value_; }
    const Value& value() const noexcept { return value_; }

private:
    Value value_;
};

/// Null unless the node is a literal.
const Value* literal_value(const Node& node) noexcept;

}  // namespace relief::expression
