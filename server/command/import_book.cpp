#include "server/command/import_book.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <functional>
#include <sstream>
#include <system_error>

namespace relief::command {
namespace {

namespace fs = std::filesystem;

struct CountMember {
    const char* name;
    std::uint64_t ImportCounts::*count;
};
constexpr std::array<CountMember, 7> members{{{"read", &ImportCounts::read},
                                              {"stored", &ImportCounts::stored},
                                              {"updated", &ImportCounts::updated},
                                              {"unchanged", &ImportCounts::unchanged},
                                              {"erased", &ImportCounts::erased},
                                              {"rejected", &ImportCounts::rejected},
                                              {"alerts", &ImportCounts::alerts}}};

Error not_kept(const std::error_code& failure) {
    return source_broken("how far the import has come cannot be noted in the workspace",
                         failure.message());
}

}  // namespace

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the house, then what comes
Result<ImportBook> ImportBook::of(const fs::path& workspace,
                                  const fs::path& input,
                                  const std::string& options) {
    std::error_code failure;
    const auto whole = fs::canonical(input, failure);
    if (failure) return bad_request("cannot be read: " + failure.message());
    const auto size = fs::file_size(whole, failure);
    const auto changed = fs::last_write_time(whole, failure);
    std::ostringstream name;
    name << "import-" << std::hex
         << std::hash<std::string>{}(whole.string() + '\n' + std::to_string(size) + '\n' +
                                     std::to_string(changed.time_since_epoch().count()) + '\n' +
                                     options)
         << ".json";
    return ImportBook(workspace / name.str());
}

ImportCounts ImportBook::counts() const {
    ImportCounts counts;
    std::ifstream stream(file_);
    const auto document = nlohmann::json::parse(stream, nullptr, false);
    if (!document.is_object()) return counts;
    for (const auto& [name, count] : members) {
        if (document.contains(name) && document[name].is_number_unsigned())
            counts.*count = document[name].get<std::uint64_t>();
    }
    return counts;
}

Result<void> ImportBook::note(const ImportCounts& counts) const {
    nlohmann::ordered_json document;
    for (const auto& [name, count] : members) document[name] = counts.*count;
    fs::path aside = file_;
    aside += ".new";
    std::ofstream stream(aside, std::ios::trunc);
    stream << document << '\n';
    stream.close();
    if (!stream) return not_kept(std::make_error_code(std::errc::io_error));
    std::error_code failure;
    fs::rename(aside, file_, failure);
    if (failure) return not_kept(failure);
    return {};
}

void ImportBook::close() const {
    std::error_code ignored;
    fs::remove(file_, ignored);
}

}  // namespace relief::command
