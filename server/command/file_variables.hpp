#pragma once
// Variables of a file as the verbs choose and list them: --variable and --at.

#include "tiler/core/result.hpp"
#include "tiler/ingest/add.hpp"
#include "tiler/source/variables.hpp"

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace relief::command {

struct VariableOptions {
    std::string variable;         ///< --variable
    std::vector<std::string> at;  ///< --at, "DIMENSION=VALUE" each
};

void add_variable_options(CLI::App& verb, VariableOptions& options);

source::VariableWords words_of(const VariableOptions& options);

/// Fills in which parts of the file are meant, and the name and title that they suggest. A file
/// that is one raster stays as it is. Errors: bad_request naming what can be chosen, and when
/// --time is given to what has times of its own.
Result<void> choose_parts(const VariableOptions& options, ingest::AddOrder& order);

/// What can be chosen of the file, and what to write to add it: lines for people.
std::string variables_in_words(const std::string& file,
                               const std::vector<source::Variable>& variables);

/// {"file", "variables": [{"name", "title", "unit", "times", "dimensions", "problem", "add"}]}
std::string variables_json(const std::string& file, const std::vector<source::Variable>& variables);

}  // namespace relief::command
