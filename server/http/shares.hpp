#pragma once
// So much of something for all together, and less of it for any one network.

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace relief::http {

/// For any thread.
class Shares {
public:
    struct Limits {
        std::size_t all;
        std::size_t each;  ///< of one network
    };
    explicit Shares(const Limits& limits) : limits_(limits) {}

    /// `network`: as network_of() has it; empty: it counts among all alone. False: nothing is
    /// taken.
    bool take(const std::string& network, std::size_t amount);
    /// What was taken.
    void give_back(const std::string& network, std::size_t amount);

private:
    Limits limits_;
    std::mutex mutex_;
    std::size_t taken_ = 0;
    std::unordered_map<std::string, std::size_t> of_network_;  ///< none is 0
};

/// What was taken, given back when it is destroyed.
class Share {
public:
    /// Of nothing.
    Share() = default;
    Share(Shares& shares, std::string network, std::size_t amount)
        : network_(std::move(network)),
          amount_(amount),
          shares_(shares.take(network_, amount) ? &shares : nullptr) {}
    ~Share() {
        if (shares_ != nullptr) shares_->give_back(network_, amount_);
    }
    Share(Share&& other) noexcept
        : network_(std::move(other.network_)),
          amount_(other.amount_),
          shares_(std::exchange(other.shares_, nullptr)) {}
    Share& operator=(Share&& other) noexcept {
        std::swap(network_, other.network_);
        std::swap(amount_, other.amount_);
        std::swap(shares_, other.shares_);
        return *this;
    }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    /// There was enough left.
    bool fits() const noexcept { return shares_ != nullptr; }

private:
    std::string network_;
    std::size_t amount_ = 0;
    Shares* shares_ = nullptr;
};

}  // namespace relief::http
