/// What `docker build .` and `podman build .` send to whoever builds: all that `.dockerignore` does not leave out, git's own folder included.
///
/// https://docs.docker.com/build/concepts/context/#dockerignore-files
struct DockerContext {
    private let folder: ProjectFolder

    init(_ folder: ProjectFolder) { self.folder = folder }

    func contents() -> PackageContents {
        // One beside the Dockerfile, of its name, counts in place of the general one.
        let names = ["Dockerfile.dockerignore", "Containerfile.containerignore", ".containerignore", ".dockerignore"]
        let name = names.first { folder.has($0) }
        let patterns = IgnorePatterns(text: name.flatMap { folder.text($0) } ?? "", .docker)
        let files = (folder.files + folder.gitFiles).filter { !patterns.excludes($0) }
        var contents = PackageContents(.docker, files)
        if name == nil { contents.notes.append("there is no .dockerignore: a build is sent all of the folder") }
        return contents
    }
}
