using System.Globalization;

namespace Kopeck.Testing;

/// <summary>
/// Ends processes and removes folders that a test process leaves behind, also when it is killed: a child waits on a pipe, and when the
/// pipe closes it does away with what was noted and not forgotten.
/// </summary>
public static class Orphans
{
    // QUIT is PostgreSQL's immediate stop, with which it takes its children along; what does not listen is killed.
    const string Watch = """
        trap '' INT TERM HUP
        processes=' '; folders=''
        while read -r what value; do
            case "$what" in
                process) processes="$processes$value " ;;
                ended) processes=$(printf '%s' "$processes" | sed "s/ $value / /") ;;
                folder) folders="$folders $value" ;;
            esac
        done
        [ -n "${processes# }" ] && kill -CONT $processes 2>/dev/null
        [ -n "${processes# }" ] && kill -QUIT $processes 2>/dev/null
        for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            alive=0
            for process in $processes; do kill -0 "$process" 2>/dev/null && alive=1; done
            [ $alive = 0 ] && break
            sleep 0.1
        done
        [ -n "${processes# }" ] && kill -KILL $processes 2>/dev/null
        [ -n "$folders" ] && rm -rf $folders
        exit 0
        """;

    static readonly Lock Gate = new();
    static readonly Lazy<StreamWriter> Notes = new(() =>
    {
        var notes = Shell.Start("/bin/sh", ["-c", Watch]).StandardInput;
        notes.AutoFlush = true;
        return notes;
    });

    /// <summary>A process is to be ended.</summary>
    public static void Process(int id) => Note("process " + id.ToString(CultureInfo.InvariantCulture));

    /// <summary>A process has ended: its id may be another's from now on.</summary>
    public static void Ended(int id) => Note("ended " + id.ToString(CultureInfo.InvariantCulture));

    /// <summary>A folder is to be removed. Its name has no spaces.</summary>
    public static void Folder(string path) => Note("folder " + path);

    static void Note(string line)
    {
        lock (Gate)
            Notes.Value.WriteLine(line);
    }
}
