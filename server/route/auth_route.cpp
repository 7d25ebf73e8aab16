// /auth/login, /auth/logout, /auth/me, /auth/tile-token

#include "server/http/status.hpp"
#include "server/route/admission.hpp"
#include "server/route/house.hpp"
#include "server/route/parameters.hpp"
#include "server/route/sent_words.hpp"
#include "server/route/session_cookie.hpp"
#include "tiler/workspace/configuration.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace relief::route {
namespace {

using AuthJson = nlohmann::ordered_json;

AuthJson list_or_null(const std::optional<std::vector<std::string>>& list) {
    return list ? AuthJson(*list) : AuthJson(nullptr);
}

/// Of one asker: nobody keeps it.
http::Response personal(const AuthJson& document) {
    http::Response response =
        http::json(document.dump(-1, ' ', false, AuthJson::error_handler_t::replace));
    response.etag.clear();
    response.cache_control = "private, no-store";
    return response;
}

http::Response welcome(const http::Request& request, const service::SignedIn& user) {
    http::Response response = personal({{"name", user.name},
                                        {"role", name_of(role_names, user.role)},
                                        {"layers", list_or_null(user.layers)},
                                        {"expires", to_text(user.expires)}});
    response.headers.emplace_back(
        "Set-Cookie",
        session_cookie(
            request, user.secret, std::chrono::duration_cast<std::chrono::seconds>(user.life)));
    return response;
}

/// Errors: as SentWords; bad_request when name or password is missing or no name is so long;
/// not_allowed from another site's page, which could sign somebody in as somebody else.
Result<service::SignInDesk::Credentials> credentials_of(const http::Request& request) {
    if (request.header("origin") && !is_from_own_page(request))
        return Error{Fault::not_allowed, "pages of other sites cannot sign in here"};
    const auto words = SentWords::read(request);
    if (!words) return words.error();
    auto name = words->text("name");
    auto password = words->text("password");
    if (!name || !password) return bad_request(R"(signing in needs "name" and "password")");
    // Attempts are counted by name: what is nobody's name takes no place there.
    if (name->size() > access::longest_user_name)
        return bad_request("no user has a name of more than " +
                           std::to_string(access::longest_user_name) + " bytes");
    return service::SignInDesk::Credentials{std::move(*name), std::move(*password)};
}

void sign_in(const House& house,
             const std::shared_ptr<const http::Request>& request,
             const http::Responder& respond) {
    if (house.sign_in == nullptr) return respond(http::problem(not_found("nobody signs in here")));
    auto credentials = credentials_of(*request);
    if (!credentials) return respond(http::problem(credentials.error()));
    if (house.limits != nullptr)
        if (const auto wait =
                house.limits->take(service::RateLimits::Kind::name, credentials->name))
            return respond(http::too_many_requests(*wait));
    const bool taken =
        house.sign_in->sign_in(std::move(*credentials), [request, respond](const auto& user) {
            respond(user ? welcome(*request, *user) : http::problem(user.error()));
        });
    if (!taken)
        respond(http::problem({Fault::too_busy, "too many are signing in; try again in a moment"}));
}

http::Response sign_out(const House& house, const http::Request& request) {
    const auto secret = session_secret(request);
    http::Response response;
    response.status = http::no_content();
    if (!secret || house.sign_in == nullptr) return response;
    if (const auto done = house.sign_in->sign_out(*secret); !done)
        return http::problem(done.error());
    response.headers.emplace_back("Set-Cookie",
                                  session_cookie(request, "", std::chrono::seconds(0)));
    return response;
}

http::Response show_asker(const House& house, const http::Request& request) {
    const Audience& audience = request.audience;
    const char* by = request.name.empty() ? "token" : "session";
    if (audience.is_anonymous()) by = "nothing";
    const bool provider = house.oidc != nullptr && house.oidc->signs_in();
    return personal({{"role", name_of(role_names, audience.role())},
                     {"name", request.name.empty() ? AuthJson(nullptr) : AuthJson(request.name)},
                     {"layers", list_or_null(audience.grants())},
                     {"by", by},
                     {"oidc", provider},
                     {"only_maps", audience.is_only_for_maps()}});
}

/// Errors: bad_request for a life that cannot be read or is longer than allowed; not_found for a
/// layer that the asker cannot see, in the words for one that there is not.
Result<access::Gate::MapTokenWish> map_token_wish(const House& house,
                                                  const http::Request& request) {
    const auto words = SentWords::read(request);
    if (!words) return words.error();
    access::Gate::MapTokenWish wish{request.pass, words->list("layers"), house.map_token_time};
    for (const std::string& layer : wish.layers.value_or(std::vector<std::string>{}))
        if (const auto there = find_layer(house, request, layer); !there) return there.error();
    const auto life = words->text("expires");
    if (!life) {
        wish.life = std::min<std::chrono::milliseconds>(wish.life, std::chrono::hours(1));
        return wish;
    }
    const auto asked = workspace::parse_duration(*life);
    if (!asked || asked->count() <= 0 || *asked > house.map_token_time)
        return bad_request("expires \"" + life->substr(0, 100) +
                           "\" is no length of time such as 15m or 1h, or longer than the " +
                           std::to_string(house.map_token_time.count() / 1000) +
                           "s that are allowed here");
    wish.life = *asked;
    return wish;
}

http::Response make_map_token(const House& house, const http::Request& request) {
    if (request.audience.is_anonymous())
        return http::problem({Fault::unknown_asker, "this needs a token, or a user signed in"});
    if (request.audience.is_only_for_maps())
        return http::problem({Fault::not_allowed, "a token for maps makes no further ones"});
    if (!house.make_map_token) return http::problem(not_found("no such tokens are made here"));
    const auto wish = map_token_wish(house, request);
    if (!wish) return http::problem(wish.error());
    const auto made = house.make_map_token(*wish);
    if (!made) return http::problem(made.error());
    if (house.audit != nullptr)
        house.audit->tell_often({.actor = request.asker,
                                 .role = std::string(name_of(role_names, request.audience.role())),
                                 .action = "token-create",
                                 .object = wish->pass,
                                 .reason = "map"},
                                std::chrono::hours(1));
    http::Response response = personal({{"token", made->text},
                                        {"expires", to_text(made->expires)},
                                        {"layers", list_or_null(wish->layers)}});
    response.status = http::created();
    return response;
}

const std::vector<std::string> word_bodies{"application/json", "application/x-www-form-urlencoded"};

}  // namespace

void add_auth_routes(http::RouteTable& table, const House& house) {
    table.add(
        {.method = "POST",
         .pattern = "/auth/login",
         .summary = "Sign in with name and password: sets the cookie of a session",
         .tag = "access",
         .parameters = {},
         .media_types = {"application/json"},
         .handler = [&house](const std::shared_ptr<const http::Request>& request,
                             const http::Responder& respond) { sign_in(house, request, respond); },
         .body_types = word_bodies});
    table.add({.method = "POST",
               .pattern = "/auth/logout",
               .summary = "End the session that the cookie belongs to",
               .tag = "access",
               .parameters = {},
               .media_types = {},
               .handler = on_pool(house, sign_out)});
    table.add({.method = "GET",
               .pattern = "/auth/me",
               .summary =
                   "Who asks: role, name of the user, granted layers; and whether people sign "
                   "in by an identity provider (/auth/oidc)",
               .tag = "access",
               .parameters = {},
               .media_types = {"application/json"},
               .handler = on_pool(house, show_asker)});
    table.add({.method = "POST",
               .pattern = "/auth/tile-token",
               .summary = "A short-lived token for addresses of maps: no more than the asker's, "
                          "only for showing, where wanted only of some layers",
               .tag = "access",
               .parameters = {},
               .media_types = {"application/json"},
               .handler = on_pool(house, make_map_token),
               .body_types = word_bodies});
}

}  // namespace relief::route
