// Anyone may show a token; a provider's keys come from another machine.

#include "server/access/jwt.hpp"
#include "server/access/oidc_person.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace relief::access;

const KeySet& known_keys() {
    static const KeySet keys = [] {
        auto set = KeySet::read(
            R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},)"
            R"({"kty":"EC","crv":"P-256","kid":"ec","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
        if (!set || set->size() != 2) std::abort();
        return *std::move(set);
    }();
    return keys;
}

/// What the standards have signed with these keys (RFC 8037, A.4; RFC 7515, A.3); nobody else can.
bool is_known(std::string_view payload) {
    return payload == "Example of Ed25519 signing" ||
           payload ==
               "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n "
               "\"http://example.com/is_root\":true}";
}

/// The claims of a token whose signature was good, as far as the fuzzer gets without the key.
void read_claims(std::string_view payload) {
    const relief::Instant now{1'300'000'000'000};
    const auto claims = check_claims(payload, {"joe", "relief", now});
    if (!claims) return;
    if (end_of(*claims) <= now) std::abort();
    const ClaimRules rules{"name", "realm.roles", {{"a", relief::Role::admin}}};
    const auto person = person_of(*claims, rules);
    if (person && (person->name.size() > 100 || person->id.size() > 64)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto token = read_signed_text(text)) {
        const bool good = check_signature(*token, known_keys()) == SignatureCheck::good;
        if (good && !is_known(token->payload)) std::abort();
        read_claims(token->payload);
    }
    read_claims(text);
    if (const auto keys = KeySet::read(text)) {
        if (keys->size() > KeySet::most_keys) std::abort();
        if (const auto token = read_signed_text("eyJhbGciOiJFZERTQSJ9.e30.AAAA"))
            if (check_signature(*token, *keys) == SignatureCheck::good) std::abort();
    }
    return 0;
}
