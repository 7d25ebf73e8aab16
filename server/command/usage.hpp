#pragma once
// What is said of the verbs as a whole: the first help, and what is answered to a word that is
// none.

#include <CLI/App.hpp>

#include <memory>
#include <string>

namespace relief::command {

/// The verbs before the options, each in one line; examples stand in the help of each verb.
std::shared_ptr<CLI::FormatterBase> help_form();

/// For an option of a number: refuses others, naming what is allowed.
CLI::Validator number_within(double low, double high);

/// A few lines that point to what can be configured.
std::string configuration_pointer();

/// Every key with its meaning and default, as the option that it is too.
std::string configuration_help();

/// To a word that is no verb, or no option of the verb that was called, after a failed parse: which
/// one was meant, or which there are. Empty: something else is wrong.
std::string unknown_word(const CLI::App& app);

}  // namespace relief::command
