#include "server/oidc/discovery.hpp"

#include "server/access/strict_json.hpp"
#include "tiler/workspace/web_address.hpp"

#include <algorithm>

namespace relief::oidc {
namespace {

constexpr std::size_t longest_endpoint = 2000;

/// A provider must not have this machine ask its neighbours.
bool may_be_asked(std::string_view address, const Trusted& trusted) {
    const std::string_view origin = workspace::origin_of(address);
    if (origin.empty() || address.size() > longest_endpoint ||
        address.find('#') != std::string_view::npos)
        return false;
    return origin == workspace::origin_of(trusted.issuer) ||
           std::any_of(trusted.hosts.begin(), trusted.hosts.end(), [&](const std::string& host) {
               return origin == "https://" + host;
           });
}

/// Errors: source_broken when a needed one is missing, or any may not be asked.
Result<std::string> endpoint_of(const nlohmann::json& document,
                                const Trusted& trusted,
                                const char* name) {
    const auto address = access::text_member(document, name);
    if (!address) return source_broken(std::string("its discovery document has no ") + name);
    if (!may_be_asked(*address, trusted))
        return source_broken(std::string("the ") + name +
                             " of its discovery document lies neither where oidc.issuer does nor "
                             "on one of oidc.hosts");
    return std::string(*address);
}

}  // namespace

std::string discovery_address(std::string_view issuer) {
    while (issuer.ends_with('/')) issuer.remove_suffix(1);
    return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Discovery> read_discovery(std::string_view document, const Trusted& trusted) {
    const auto parsed = access::read_strictly(document);
    if (!parsed || !parsed->is_object())
        return source_broken("its discovery document is no JSON object");
    // Discovery, 4.3: exactly the one that was asked.
    if (access::text_member(*parsed, "issuer") != trusted.issuer)
        return source_broken(
            "its discovery document is that of another issuer; oidc.issuer has to "
            "be written as the provider writes it");
    Discovery found;
    struct Wanted {
        const char* name;
        std::string& place;
        bool needed;
    };
    for (const Wanted& wanted :
         {Wanted{"authorization_endpoint", found.authorization_endpoint, true},
          Wanted{"token_endpoint", found.token_endpoint, true},
          Wanted{"jwks_uri", found.jwks_uri, true},
          Wanted{"userinfo_endpoint", found.userinfo_endpoint, false}}) {
        if (!wanted.needed && !parsed->contains(wanted.name)) continue;
        auto address = endpoint_of(*parsed, trusted, wanted.name);
        if (!address) return address.error();
        wanted.place = std::move(*address);
    }
    const auto names = parsed->find("authorization_response_iss_parameter_supported");
    found.names_issuer = names != parsed->end() && *names == true;
    return found;
}

}  // namespace relief::oidc
