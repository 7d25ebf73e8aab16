#include "server/http/route_table.hpp"

#include <algorithm>

namespace relief::http {
namespace {

/// GET answers HEAD too; every address answers OPTIONS.
std::string allow_of(std::vector<std::string> methods) {
    if (methods.empty()) return {};
    if (std::find(methods.begin(), methods.end(), "GET") != methods.end()) {
        methods.emplace_back("HEAD");
    }
    methods.emplace_back("OPTIONS");
    std::string list;
    for (const std::string_view method :
         {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        if (std::find(methods.begin(), methods.end(), method) == methods.end()) continue;
        if (!list.empty()) list += ", ";
        list += method;
    }
    return list;
}

}  // namespace

void RouteTable::add(Route route) {
    patterns_.emplace_back(route.pattern);
    routes_.push_back(std::move(route));
}

void RouteTable::wrap(const std::function<Handler(const Route&)>& around) {
    for (Route& route : routes_) route.handler = around(route);
}

std::variant<Match, NoRoute, WrongMethod> RouteTable::match(
    std::string_view method, const std::vector<std::string>& segments) const {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    Match best{nullptr, {}};
    std::size_t literal = 0;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (routes_[i].method != wanted) continue;
        if (best.route != nullptr && patterns_[i].literal_size() <= literal) continue;
        auto captures = patterns_[i].match(segments);
        if (!captures) continue;
        best = {&routes_[i], std::move(*captures)};
        literal = patterns_[i].literal_size();
    }
    if (best.route != nullptr) return best;
    auto allow = allowed(segments);
    if (allow.empty()) return NoRoute{};
    return WrongMethod{std::move(allow)};
}

std::size_t RouteTable::body_bytes(std::string_view method, const std::string& target) const {
    const std::string path = target.substr(0, target.find('?'));
    const auto found = std::find_if(routes_.begin(), routes_.end(), [&](const Route& route) {
        return route.body_bytes > 0 && route.method == method && route.pattern == path;
    });
    return found == routes_.end() ? 0 : found->body_bytes;
}

std::string RouteTable::allowed(const std::vector<std::string>& segments) const {
    std::vector<std::string> methods;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (patterns_[i].match(segments)) methods.push_back(routes_[i].method);
    }
    return allow_of(std::move(methods));
}

}  // namespace relief::http
