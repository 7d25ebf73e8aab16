// relief token create, list, revoke

#include "server/access/audit_log.hpp"
#include "server/access/map_key.hpp"
#include "server/access/token_store.hpp"
#include "server/command/audited.hpp"
#include "server/command/verbs.hpp"
#include "tiler/core/layer_name.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace relief::command {
namespace {

using TokenDocument = nlohmann::ordered_json;

struct TokenOptions {
    std::string role;
    std::vector<std::string> layers;
    std::string expires;
    std::string id;
    bool json = false;
};

TokenDocument moment_or_null(const std::optional<Instant>& moment) {
    return moment ? TokenDocument(to_text(*moment)) : TokenDocument(nullptr);
}

Result<access::TokenTerms> terms_of(const TokenOptions& options) {
    access::TokenTerms terms;
    const auto role = find_name<Role>(role_names, options.role);
    if (!role || *role == Role::anonymous)
        return bad_request("--role \"" + options.role +
                           "\" is none; roles are viewer, analyst, moderator and admin");
    terms.role = *role;
    if (!options.layers.empty()) terms.layers = options.layers;
    for (const std::string& layer : options.layers)
        if (const auto name = LayerName::make(layer); !name) return name.error();
    if (options.expires.empty()) return terms;
    const auto length = workspace::parse_duration(options.expires);
    if (!length || length->count() <= 0)
        return bad_request("--expires \"" + options.expires +
                           "\" is no length of time; write for instance 12h or 7d");
    terms.expires = Instant{present_moment().milliseconds + length->count()};
    return terms;
}

int create(const Context& context, const TokenOptions& options) {
    const auto terms = terms_of(options);
    if (!terms) {
        fail(terms.error().what);
        return static_cast<int>(Status::usage);
    }
    auto store = access::TokenStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto token = store->create(*terms, present_moment());
    if (!token) return fail(context.workspace, token.error());
    if (options.json) {
        TokenDocument document{
            {"token", token->text},
            {"id", token->id},
            {"role", options.role},
            {"layers", terms->layers ? TokenDocument(*terms->layers) : TokenDocument(nullptr)},
            {"expires", moment_or_null(terms->expires)}};
        std::cout << document.dump() << '\n';
        return static_cast<int>(Status::done);
    }
    std::cout << token->text << '\n';
    std::cerr << "This is shown once. Send it as \"Authorization: Bearer …\"; `relief token revoke "
              << token->id << "` ends it.\n";
    return static_cast<int>(Status::done);
}

std::string state_of(const access::KeptToken& token, Instant now) {
    if (token.revoked) return "revoked " + to_text(*token.revoked);
    if (!token.terms.expires) return "does not expire";
    return (token.opens_at(now) ? "until " : "ended ") + to_text(*token.terms.expires);
}

TokenDocument document_of(const access::KeptToken& token) {
    return {{"id", token.id},
            {"role", name_of(role_names, token.terms.role)},
            {"layers",
             token.terms.layers ? TokenDocument(*token.terms.layers) : TokenDocument(nullptr)},
            {"created", to_text(token.created)},
            {"expires", moment_or_null(token.terms.expires)},
            {"revoked", moment_or_null(token.revoked)}};
}

std::string line_of(const access::KeptToken& token, Instant now) {
    std::string line = token.id + "  " + std::string(name_of(role_names, token.terms.role));
    if (token.terms.layers) {
        line += " of";
        for (const std::string& layer : *token.terms.layers) line += ' ' + layer;
    }
    return line + ", " + state_of(token, now);
}

int list(const Context& context, const TokenOptions& options) {
    const auto store = access::TokenStore::open_existing(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto tokens = store->all();
    if (!tokens) return fail(context.workspace, tokens.error());
    TokenDocument documents = TokenDocument::array();
    for (const access::KeptToken& token : *tokens) {
        if (options.json)
            documents.push_back(document_of(token));
        else
            std::cout << line_of(token, present_moment()) << '\n';
    }
    if (options.json) std::cout << documents.dump() << '\n';
    return static_cast<int>(Status::done);
}

int revoke(const Context& context, const TokenOptions& options) {
    auto store = access::TokenStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    if (const auto done = store->revoke(options.id, present_moment()); !done)
        return fail(done.error().what);
    std::cout << "token " << options.id << " opens nothing any more\n";
    return static_cast<int>(Status::done);
}

int rotate(const Context& context, const TokenOptions& /*options*/) {
    if (auto there = access::AuditLog::open(context.workspace); !there)
        return fail(context.workspace, there.error());
    if (const auto key = access::replace_map_key(context.workspace); !key)
        return fail(context.workspace, key.error());
    audit(context.workspace, {.action = "key-rotation", .layer = "map-token"});
    std::cout << "tokens for maps that were made before open nothing any more\n";
    return static_cast<int>(Status::done);
}

using Work = int (*)(const Context&, const TokenOptions&);

void to_run(CLI::App* verb,
            Context& context,
            const std::shared_ptr<TokenOptions>& options,
            Work work) {
    verb->callback([&context, options, work] {
        context.run = [&context, options, work] { return work(context, *options); };
    });
}

void add_create(CLI::App& verb, Context& context) {
    const auto options = std::make_shared<TokenOptions>();
    auto* made = verb.add_subcommand(
        "create",
        "Make a token, shown once\n\nExamples:\n  relief token create --role viewer --layers camps "
        "--expires 7d\n  relief token create --role analyst --json");
    made->add_option("--role", options->role, "viewer, analyst, moderator or admin")->required();
    made->add_option("--layers", options->layers, "only these layers, divided by commas")
        ->delimiter(',');
    made->add_option("--expires", options->expires, "after so long: 12h, 7d [never]");
    made->add_flag("--json", options->json, "the token as JSON");
    to_run(made, context, options, create);
}

}  // namespace

void add_token(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "token",
        "Tokens that open more than everyone may see\n\nExamples:\n  relief token create --role "
        "viewer --layers camps\n  relief token list\n  relief token revoke 4f1c9a0e77d2");
    verb->require_subcommand(1);
    add_create(*verb, context);
    const auto listed = std::make_shared<TokenOptions>();
    auto* all = verb->add_subcommand(
        "list", "Every token's id, role and end\n\nExamples:\n  relief token list --json");
    all->add_flag("--json", listed->json, "the list as JSON");
    to_run(all, context, listed, list);
    const auto ended = std::make_shared<TokenOptions>();
    auto* end = verb->add_subcommand(
        "revoke", "End a token at once\n\nExamples:\n  relief token revoke 4f1c9a0e77d2");
    end->add_option("ID", ended->id, "as `relief token list` shows it")->required();
    to_run(end, context, ended, revoke);
    auto* key = verb->add_subcommand(
        "rotate-key",
        "Replace the key that tokens for maps are signed with: those of before end at once"
        "\n\nExamples:\n  relief token rotate-key");
    to_run(key, context, std::make_shared<TokenOptions>(), rotate);
}

}  // namespace relief::command
