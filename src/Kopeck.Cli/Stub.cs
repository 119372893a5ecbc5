using System.CommandLine;
using Kopeck.Cli.Settings;
namespace Kopeck.Cli { static class VerificationTree { public static IEnumerable<Command> Build(Option<string> book, Option<bool> json) => []; } }
namespace Kopeck.Cli.Commands { static class DemoCommand { public static Task<int> RunAsync(ProgramSettings settings, int seed) => Task.FromResult(0); } }
