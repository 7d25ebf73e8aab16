#pragma once
// An open file that closes itself.

#include <unistd.h>
#include <utility>

namespace relief::cache {

class Descriptor {
public:
    /// Negative: none, as open(2) answers.
    explicit Descriptor(int number) noexcept : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    explicit operator bool() const noexcept { return number_ >= 0; }
    int number() const noexcept { return number_; }
    /// The caller closes it.
    int release() noexcept { return std::exchange(number_, -1); }

private:
    int number_;
};

}  // namespace relief::cache
