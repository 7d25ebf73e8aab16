#include "server/access/oidc_person.hpp"

#include "server/access/strict_json.hpp"
#include "server/access/token.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace relief::access {
namespace {

constexpr std::size_t longest_shown_name = 100;  // bytes
constexpr std::size_t longest_subject = 255;     // OpenID Connect Core, 2
constexpr std::size_t id_digits = 32;            // 128 bits: no second person has the same

/// Shown to its owner and to admins, on terminals too.
std::string plain_name(std::string_view text) {
    std::string name;
    for (const char c : text.substr(0, longest_shown_name))
        if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') name += c;
    // The cut may have gone through a character of UTF-8.
    if (text.size() > longest_shown_name) {
        while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0U) == 0x80U)
            name.pop_back();
        if (!name.empty() && static_cast<unsigned char>(name.back()) >= 0xC0U) name.pop_back();
    }
    return name;
}

std::vector<std::string> texts_in(const nlohmann::json& claim) {
    std::vector<std::string> texts;
    const auto add = [&](const nlohmann::json& value) {
        if (value.is_string()) texts.push_back(value.get<std::string>());
    };
    if (!claim.is_array()) add(claim);
    if (claim.is_array()) std::for_each(claim.begin(), claim.end(), add);
    return texts;
}

bool gives(const std::string& text, Role role, const ClaimRules& rules) {
    const auto found = rules.roles.find(text);
    return found != rules.roles.end() && found->second == role;
}

std::optional<Role> role_by(const std::vector<std::string>& texts, const ClaimRules& rules) {
    static constexpr std::array order{Role::admin, Role::moderator, Role::analyst, Role::viewer};
    for (const Role role : order)
        if (std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
                return gives(text, role, rules);
            }))
            return role;
    return std::nullopt;
}

std::optional<std::vector<std::string>> layers_by(const std::vector<std::string>& texts,
                                                  Role role,
                                                  const ClaimRules& rules) {
    std::set<std::string> granted;
    bool by_role_alone = false;
    for (const std::string& text : texts) {
        if (!gives(text, role, rules)) continue;
        const auto found = rules.layers.find(text);
        if (found != rules.layers.end())
            granted.insert(found->second.begin(), found->second.end());
        else
            by_role_alone = true;
    }
    // A viewer sees nothing by the role alone.
    if (granted.empty() || (by_role_alone && role != Role::viewer)) return std::nullopt;
    return std::vector<std::string>(granted.begin(), granted.end());
}

}  // namespace

const nlohmann::json* find_claim(const nlohmann::json& claims, std::string_view name) {
    if (!claims.is_object()) return nullptr;
    if (const auto whole = claims.find(std::string(name)); whole != claims.end()) return &*whole;
    for (auto dot = name.rfind('.'); dot != std::string_view::npos && dot > 0;
         dot = name.rfind('.', dot - 1)) {
        const auto outer = claims.find(std::string(name.substr(0, dot)));
        if (outer == claims.end()) continue;
        if (const auto* inner = find_claim(*outer, name.substr(dot + 1))) return inner;
    }
    return nullptr;
}

std::optional<OidcPerson> person_of(const nlohmann::json& claims, const ClaimRules& rules) {
    const auto subject = text_member(claims, "sub");
    const auto issuer = text_member(claims, "iss");
    if (!subject || subject->empty() || subject->size() > longest_subject || !issuer)
        return std::nullopt;
    // An issuer has no line break in it: two pairs cannot give one text.
    const std::string both = std::string(*issuer) + '\n' + std::string(*subject);
    OidcPerson person;
    person.id = std::string(oidc_id_beginning) + fingerprint_of(both).substr(0, id_digits);
    if (const auto* name = find_claim(claims, rules.name_claim); name && name->is_string())
        person.name = plain_name(name->get_ref<const std::string&>());
    const auto* claim = find_claim(claims, rules.role_claim);
    const auto texts = claim != nullptr ? texts_in(*claim) : std::vector<std::string>();
    person.role = role_by(texts, rules);
    if (person.role) person.layers = layers_by(texts, *person.role, rules);
    return person;
}

}  // namespace relief::access
