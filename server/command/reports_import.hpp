#pragma once
// relief reports import

#include "server/command/verbs.hpp"

#include <string>

namespace relief::command {

struct ImportOptions {
    std::string file;
    std::string format = "auto";
    std::string encoding;     ///< empty: as the file shows
    std::string dates;        ///< "dmy", "mdy"; empty: likewise
    std::string sensitivity;  ///< empty: as stated in the file, else the configuration's
    std::string origin;       ///< empty: by format
    std::string licence, attribution;
    std::string rejects;  ///< file; empty: the first few are told
    bool resume = false;
    bool json = false;
};

/// Gives the exit status.
int import_reports(const Context& context, const ImportOptions& options);

}  // namespace relief::command
