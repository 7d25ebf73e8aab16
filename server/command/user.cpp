// relief user add, list, remove, passwd

#include "server/access/password.hpp"
#include "server/access/user_store.hpp"
#include "server/command/typed_password.hpp"
#include "server/command/verbs.hpp"
#include "tiler/core/layer_name.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace relief::command {
namespace {

using UserDocument = nlohmann::ordered_json;

struct UserOptions {
    std::string name;
    std::string role;
    std::vector<std::string> layers;
    bool json = false;
};

int misuse(const Error& error) {
    fail(error.what);
    return static_cast<int>(Status::usage);
}

Result<access::UserTerms> user_terms(const UserOptions& options) {
    if (auto good = access::check_user_name(options.name); !good) return good.error();
    const auto role = find_name<Role>(role_names, options.role);
    if (!role || *role == Role::anonymous)
        return bad_request("--role \"" + options.role +
                           "\" is none; roles are viewer, analyst, moderator and admin");
    for (const std::string& layer : options.layers)
        if (const auto name = LayerName::make(layer); !name) return name.error();
    access::UserTerms terms{options.name, *role, std::nullopt};
    if (!options.layers.empty()) terms.layers = options.layers;
    return terms;
}

int add_one(const Context& context, const UserOptions& options) {
    const auto terms = user_terms(options);
    if (!terms) return misuse(terms.error());
    auto store = access::UserStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto known = store->find(terms->name);
    if (!known) return fail(context.workspace, known.error());
    if (*known) return fail("there is a user \"" + terms->name + "\" already");
    const auto password = typed_password();
    if (!password) return fail(password.error().what);
    const auto hash = access::hash_password(*password);
    if (!hash) return fail(hash.error().what);
    const auto id = store->add(*terms, *hash, present_moment());
    if (!id) return fail(id.error().what);
    if (options.json)
        std::cout << UserDocument{{"id", *id}, {"name", terms->name}, {"role", options.role}}.dump()
                  << '\n';
    else
        std::cout << "user " << terms->name << " can sign in; the audit log calls them " << *id
                  << '\n';
    return static_cast<int>(Status::done);
}

UserDocument document_of(const access::KeptUser& user) {
    return {
        {"id", user.id},
        {"name", user.terms.name},
        {"shown", user.shown},
        {"role", name_of(role_names, user.terms.role)},
        {"layers", user.terms.layers ? UserDocument(*user.terms.layers) : UserDocument(nullptr)},
        {"created", to_text(user.created)}};
}

std::string line_of(const access::KeptUser& user) {
    std::string line = user.id + "  " + user.terms.name;
    if (user.shown != user.terms.name) line += " (" + user.shown + ")";
    line += ", " + std::string(name_of(role_names, user.terms.role));
    if (!user.terms.layers) return line;
    line += " of";
    for (const std::string& layer : *user.terms.layers) line += ' ' + layer;
    return line;
}

int list_all(const Context& context, const UserOptions& options) {
    const auto store = access::UserStore::open_existing(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto users = store->all();
    if (!users) return fail(context.workspace, users.error());
    UserDocument documents = UserDocument::array();
    for (const access::KeptUser& user : *users) {
        if (options.json)
            documents.push_back(document_of(user));
        else
            std::cout << line_of(user) << '\n';
    }
    if (options.json) std::cout << documents.dump() << '\n';
    return static_cast<int>(Status::done);
}

int remove_one(const Context& context, const UserOptions& options) {
    auto store = access::UserStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    if (const auto done = store->remove(options.name, present_moment()); !done)
        return fail(done.error().what);
    std::cout << "user " << options.name << " is gone, with every session\n";
    return static_cast<int>(Status::done);
}

int change_password(const Context& context, const UserOptions& options) {
    auto store = access::UserStore::open(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    const auto known = store->find(options.name);
    if (!known) return fail(context.workspace, known.error());
    if (!*known) return fail("there is no user \"" + options.name + "\"");
    const auto password = typed_password();
    if (!password) return fail(password.error().what);
    const auto hash = access::hash_password(*password);
    if (!hash) return fail(hash.error().what);
    if (const auto done = store->set_password(options.name, *hash, present_moment()); !done)
        return fail(done.error().what);
    std::cout << "user " << options.name
              << " has a new password; every session of before has ended\n";
    return static_cast<int>(Status::done);
}

using UserWork = int (*)(const Context&, const UserOptions&);

std::shared_ptr<UserOptions> add_work(CLI::App& verb, Context& context, UserWork work) {
    auto options = std::make_shared<UserOptions>();
    verb.callback([&context, options, work] {
        context.run = [&context, options, work] { return work(context, *options); };
    });
    return options;
}

void add_adding(CLI::App& verb, Context& context) {
    auto* made = verb.add_subcommand(
        "add",
        "Make a user; the password is typed, or is a line of standard input\n\nExamples:\n  relief "
        "user add amina --role moderator\n  relief user add visitor --role viewer --layers camps "
        "< password.txt");
    const auto options = add_work(*made, context, add_one);
    made->add_option("NAME", options->name, "1 to 64 of a-z 0-9 . _ -")->required();
    made->add_option("--role", options->role, "viewer, analyst, moderator or admin")->required();
    made->add_option("--layers", options->layers, "only these layers, divided by commas")
        ->delimiter(',');
    made->add_flag("--json", options->json, "id, name and role as JSON");
}

}  // namespace

void add_user(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "user",
        "People who sign in with a password\n\nExamples:\n  relief user add amina --role "
        "moderator\n  relief user list");
    verb->require_subcommand(1);
    add_adding(*verb, context);
    auto* all = verb->add_subcommand(
        "list", "Every user's id, name and role\n\nExamples:\n  relief user list --json");
    const auto listed = add_work(*all, context, list_all);
    all->add_flag("--json", listed->json, "the list as JSON");
    auto* gone = verb->add_subcommand(
        "remove", "Remove a user and end their sessions\n\nExamples:\n  relief user remove amina");
    gone->add_option("NAME", add_work(*gone, context, remove_one)->name, "as the list shows it")
        ->required();
    auto* changed = verb->add_subcommand("passwd",
                                         "Give a user another password and end their sessions"
                                         "\n\nExamples:\n  relief user passwd amina");
    changed
        ->add_option(
            "NAME", add_work(*changed, context, change_password)->name, "as the list shows it")
        ->required();
}

}  // namespace relief::command
