#include "paidan/runtime/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>

#include "paidan/runtime/lifecycle.hpp"

namespace paidan::runtime {
namespace {

std::optional<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

std::string help_of(const Property& property) {
  std::string help = std::string(property.help) + " [" + std::string(property.default_value) + "]";
  if (property.kind == Kind::integer) {
    help += " {" + std::to_string(property.min) + ".." + std::to_string(property.max) + "}";
  }
  for (std::size_t i = 0; i < property.choices.size(); ++i) {
    help += (i == 0 ? " {" : "|") + std::string(property.choices[i]);
  }
  if (!property.choices.empty()) help += "}";
  return help + " $" + environment_name(property.name);
}

Leave leave(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out, err;
  const bool failed = app.exit(error, out, err) != 0;
  return failed ? Leave{exit_usage, err.str()} : Leave{exit_ok, out.str()};
}

}  // namespace

Result<CommandLine, Leave> parse_command_line(int argc, const char* const* argv,
                                              std::string_view binary, std::string_view summary,
                                              std::string_view version,
                                              const PropertyTable& properties) {
  CLI::App app{std::string(summary), std::string(binary)};
  CommandLine line;
  line.inputs.environment = from_environment;
  app.set_version_flag("--version", std::string(binary) + " " + std::string(version));
  app.add_option("--config", line.inputs.file, "YAML file of settings $PAIDAN_CONFIG")
      ->envname("PAIDAN_CONFIG");
  app.add_flag("--check-config", line.check_config, "Check the settings and leave: 0 or 2");
  app.add_flag("--print-config", line.print_config,
               "Print the settings in force and where each came from, and leave");
  app.footer(
      "A setting comes from its flag, else its environment variable, else the file, else its "
      "default.\nExit codes: 0 done, 1 failed, 2 wrong usage or settings, 70 start me again.");
  std::map<std::string, CLI::Option*> options;
  for (const Property& property : properties) {
    const std::string name(property.name);
    options[name] = app.add_option("--" + name, line.inputs.flags[name], help_of(property));
    options[name]->type_name(property.kind == Kind::integer ? "N" : "TEXT")->group("Settings");
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return leave(app, error);
  }
  std::erase_if(line.inputs.flags,
                [&](const auto& flag) { return options.at(flag.first)->count() == 0; });
  return line;
}

}  // namespace paidan::runtime
