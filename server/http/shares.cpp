#include "server/http/shares.hpp"

namespace relief::http {

bool Shares::take(const std::string& network, std::size_t amount) {
    const std::lock_guard lock(mutex_);
    if (amount > limits_.all - taken_) return false;
    if (!network.empty()) {
        const auto known = of_network_.find(network);
        const std::size_t before = known == of_network_.end() ? 0 : known->second;
        if (before + amount > limits_.each) return false;
        of_network_[network] = before + amount;
    }
    taken_ += amount;
    return true;
}

void Shares::give_back(const std::string& network, std::size_t amount) {
    const std::lock_guard lock(mutex_);
    taken_ -= amount;
    if (network.empty()) return;
    const auto found = of_network_.find(network);
    found->second -= amount;
    if (found->second == 0) of_network_.erase(found);
}

}  // namespace relief::http
