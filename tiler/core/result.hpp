#pragma once
// A value or the Error that kept it from existing, with the names of C++23 std::expected.

#include "tiler/core/error.hpp"

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

namespace relief {

/// Either a T or an Error. Asking for the wrong one is a broken promise (assert).
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value)
        : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(Error error)
        : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool has_value() const noexcept { return held_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& value() & { return *checked(); }
    const T& value() const& { return *checked(); }
    T&& value() && { return std::move(*checked()); }
    T& operator*() & { return *checked(); }
    const T& operator*() const& { return *checked(); }
    T&& operator*() && { return std::move(*checked()); }
    T* operator->() { return checked(); }
    const T* operator->() const { return checked(); }

    const Error& error() const& {
        assert(!has_value());
        return *std::get_if<1>(&held_);
    }
    Error&& error() && {
        assert(!has_value());
        return std::move(*std::get_if<1>(&held_));
    }

private:
    T* checked() {
        assert(has_value());
        return std::get_if<0>(&held_);
    }
    const T* checked() const {
        assert(has_value());
        return std::get_if<0>(&held_);
    }

    std::variant<T, Error> held_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool has_value() const noexcept { return !error_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    const Error& error() const {
        assert(!has_value());
        return *error_;
    }

private:
    std::optional<Error> error_;
};

}  // namespace relief
