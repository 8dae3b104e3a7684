//! A disk in memory that fails, and forgets at a power cut what was not brought to it.

mod fault;
mod open_file;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, Cursor};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::{Duration, SystemTime};

pub(crate) use fault::{Fault, Left};
use open_file::{Reading, Writing};

use jiebang::store::disk::{About, Disk, Held, Item, Kind, Sink, Source};

#[derive(Debug, Clone)]
enum Node {
    File { now: Vec<u8>, synced: Option<Vec<u8>>, lost: bool, modified: SystemTime },
    Folder { names: BTreeMap<String, usize>, synced: BTreeMap<String, usize> },
}

/// Names given or taken at once: in a folder, a name, what it stands for.
type Change = Vec<(usize, String, Option<usize>)>;

#[derive(Debug, Clone)]
struct World {
    nodes: Vec<Node>,
    pending: Vec<Change>,
    locks: HashMap<PathBuf, Weak<()>>,
    clock: SystemTime,
    plan: Option<(usize, Fault)>,
    /// Operations so far, in words.
    log: Vec<(Needs, String)>,
    dead: bool,
}

/// Whether an operation changes anything, and whether it needs room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Reading,
    Changing,
    Room,
}

enum Verdict {
    Goes,
    GoesHalf(io::Error),
    GoesAndDies,
}

/// The disk; clones are the same one.
#[derive(Clone)]
pub(crate) struct FailingDisk(Arc<Mutex<World>>);

impl fmt::Debug for FailingDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FailingDisk")
    }
}

fn no_space() -> io::Error {
    io::ErrorKind::StorageFull.into()
}

fn broken() -> io::Error {
    io::Error::from_raw_os_error(5)
}

impl World {
    /// Counts an operation and says how it goes.
    fn step(&mut self, what: &str, path: &Path, needs: Needs) -> io::Result<Verdict> {
        if self.dead {
            return Err(broken());
        }
        let number = self.log.len();
        self.log.push((needs, format!("{what} {}", path.display())));
        let Some((at, fault)) = self.plan else { return Ok(Verdict::Goes) };
        let (hit, after) = (number == at, number >= at);
        let changing = needs != Needs::Reading;
        match fault {
            Fault::NoSpace if hit && needs == Needs::Room => Ok(Verdict::GoesHalf(no_space())),
            Fault::NoSpaceOn if after && needs == Needs::Room => Ok(Verdict::GoesHalf(no_space())),
            Fault::Denied if hit => Err(io::ErrorKind::PermissionDenied.into()),
            Fault::ReadOnlyOn if after && changing => Err(io::ErrorKind::ReadOnlyFilesystem.into()),
            Fault::Broken if hit => Ok(Verdict::GoesHalf(broken())),
            Fault::BrokenOn if after => Err(broken()),
            Fault::KilledBefore | Fault::PowerCut if hit => {
                self.dead = true;
                Err(broken())
            }
            Fault::KilledAfter if hit => {
                self.dead = true;
                Ok(Verdict::GoesAndDies)
            }
            _ => Ok(Verdict::Goes),
        }
    }

    /// For operations that go whole or not at all.
    fn whole(&mut self, what: &str, path: &Path, needs: Needs) -> io::Result<()> {
        match self.step(what, path, needs)? {
            Verdict::GoesHalf(error) => Err(error),
            Verdict::Goes | Verdict::GoesAndDies => Ok(()),
        }
    }

    /// The answer of an operation that was done: a process that was killed hears none.
    fn answer<T>(&self, value: T) -> io::Result<T> {
        if self.dead { Err(broken()) } else { Ok(value) }
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        let mut at = 0;
        for part in path.components() {
            if let Component::Normal(name) = part {
                let Node::Folder { names, .. } = &self.nodes[at] else {
                    return Err(io::ErrorKind::NotADirectory.into());
                };
                let found = names.get(name.to_str().unwrap());
                at = *found.ok_or(io::ErrorKind::NotFound)?;
            }
        }
        Ok(at)
    }

    fn place(&self, path: &Path) -> io::Result<(usize, String)> {
        let folder = self.find(path.parent().unwrap())?;
        Ok((folder, path.file_name().unwrap().to_str().unwrap().to_owned()))
    }

    fn names(&mut self, folder: usize) -> &mut BTreeMap<String, usize> {
        match &mut self.nodes[folder] {
            Node::Folder { names, .. } => names,
            Node::File { .. } => panic!("no folder"),
        }
    }

    fn change(&mut self, change: Change) {
        for (folder, name, node) in &change {
            match node {
                Some(node) => self.names(*folder).insert(name.clone(), *node),
                None => self.names(*folder).remove(name),
            };
        }
        self.pending.push(change);
    }

    fn bring(&mut self, change: &Change) {
        for (folder, name, node) in change {
            let Node::Folder { synced, .. } = &mut self.nodes[*folder] else { continue };
            match node {
                Some(node) => synced.insert(name.clone(), *node),
                None => synced.remove(name),
            };
        }
    }

    fn add(&mut self, path: &Path, node: Node) -> io::Result<usize> {
        let (folder, name) = self.place(path)?;
        if self.names(folder).contains_key(&name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let number = self.nodes.len();
        self.nodes.push(node);
        self.change(vec![(folder, name, Some(number))]);
        Ok(number)
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.place(path)?;
        self.change(vec![(folder, name, None)]);
        Ok(())
    }
}

impl FailingDisk {
    pub(crate) fn new() -> Self {
        let folder = Node::Folder { names: BTreeMap::new(), synced: BTreeMap::new() };
        let clock = SystemTime::UNIX_EPOCH + Duration::from_secs(1_732_170_600);
        let (pending, locks, log) = (Vec::new(), HashMap::new(), Vec::new());
        let nodes = vec![folder];
        let world = World { nodes, pending, locks, clock, plan: None, log, dead: false };
        Self(Arc::new(Mutex::new(world)))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    /// Another disk that holds the same, for a process that begins.
    pub(crate) fn fork(&self) -> Self {
        let mut world = self.world().clone();
        (world.dead, world.plan) = (false, None);
        world.locks.clear();
        world.log.clear();
        Self(Arc::new(Mutex::new(world)))
    }

    /// The disk as a power cut leaves it.
    pub(crate) fn fork_cut(&self, left: Left) -> Self {
        let fork = self.fork();
        let mut world = fork.world();
        let pending = std::mem::take(&mut world.pending);
        for (index, change) in pending.iter().enumerate() {
            if left.keeps(index, pending.len()) {
                world.bring(change);
            }
        }
        for node in &mut world.nodes {
            match node {
                Node::File { now, synced, .. } => {
                    if synced.as_ref() != Some(now) {
                        *now = match (left, synced.take()) {
                            (Left::Nothing, Some(synced)) => synced,
                            _ => left.content(now),
                        };
                        *synced = Some(now.clone());
                    }
                }
                Node::Folder { names, synced } => *names = synced.clone(),
            }
        }
        drop(world);
        fork
    }

    pub(crate) fn plan(&self, at: usize, fault: Fault) {
        let mut world = self.world();
        world.log.clear();
        world.plan = Some((at, fault));
    }

    /// Ends the fault, and says what was done until now.
    pub(crate) fn end_plan(&self) -> Vec<(Needs, String)> {
        let mut world = self.world();
        world.plan = None;
        std::mem::take(&mut world.log)
    }

    /// Time passes.
    pub(crate) fn pass(&self, time: Duration) {
        self.world().clock += time;
    }

    /// Everything is on the disk, as after a long while.
    pub(crate) fn settle(&self) {
        let mut world = self.world();
        world.pending.clear();
        for node in &mut world.nodes {
            match node {
                Node::File { now, synced, .. } => *synced = Some(now.clone()),
                Node::Folder { names, synced } => *synced = names.clone(),
            }
        }
    }

    /// Puts a file there as another program does.
    pub(crate) fn put(&self, path: &Path, bytes: &[u8]) {
        let mut world = self.world();
        let file = Node::File {
            now: bytes.to_vec(),
            synced: Some(bytes.to_vec()),
            lost: false,
            modified: world.clock,
        };
        if world.find(path).is_ok() {
            world.remove(path).unwrap();
        }
        world.add(path, file).unwrap();
    }

    /// Makes a folder as another program does.
    pub(crate) fn put_folder(&self, path: &Path) {
        let folder = Node::Folder { names: BTreeMap::new(), synced: BTreeMap::new() };
        self.world().add(path, folder).unwrap();
    }

    /// The names of all there is.
    pub(crate) fn all_names(&self) -> Vec<String> {
        fn collect(world: &World, at: usize, all: &mut Vec<String>) {
            if let Node::Folder { names, .. } = &world.nodes[at] {
                for (name, node) in names {
                    all.push(name.clone());
                    collect(world, *node, all);
                }
            }
        }
        let mut all = Vec::new();
        collect(&self.world(), 0, &mut all);
        all
    }
}

impl Disk for FailingDisk {
    fn now(&self) -> SystemTime {
        let mut world = self.world();
        world.clock += Duration::from_millis(7);
        world.clock
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let mut world = self.world();
        world.whole("about", path, Needs::Reading)?;
        let node = world.find(path)?;
        let (kind, length, modified) = match &world.nodes[node] {
            Node::File { now, modified, .. } => (Kind::File, now.len() as u64, *modified),
            Node::Folder { .. } => (Kind::Folder, 0, SystemTime::UNIX_EPOCH),
        };
        world.answer(About { kind, length, modified })
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        let mut world = self.world();
        world.whole("real_path", path, Needs::Reading)?;
        world.find(path)?;
        world.answer(path.to_owned())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        let mut world = self.world();
        world.whole("list", folder, Needs::Reading)?;
        let node = world.find(folder)?;
        let Node::Folder { names, .. } = &world.nodes[node] else {
            return Err(io::ErrorKind::NotADirectory.into());
        };
        let kind = |node: usize| match &world.nodes[node] {
            Node::File { .. } => Kind::File,
            Node::Folder { .. } => Kind::Folder,
        };
        let item = |(name, node): (&String, &usize)| Item { name: name.into(), kind: kind(*node) };
        world.answer(names.iter().map(item).collect())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Source>> {
        let mut world = self.world();
        world.whole("open", path, Needs::Reading)?;
        let node = world.find(path)?;
        let Node::File { now, .. } = &world.nodes[node] else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let (disk, path) = (self.clone(), path.to_owned());
        world.answer(Box::new(Reading {
            disk,
            path,
            bytes: Cursor::new(now.clone()),
            begun: false,
        }))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Sink>> {
        let mut world = self.world();
        world.whole("create", path, Needs::Room)?;
        let modified = world.clock;
        let file = Node::File { now: Vec::new(), synced: None, lost: false, modified };
        let node = world.add(path, file)?;
        let (disk, path) = (self.clone(), path.to_owned());
        world.answer(Box::new(Writing { disk, path, node }))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.whole("create_folder", path, Needs::Room)?;
        let folder = Node::Folder { names: BTreeMap::new(), synced: BTreeMap::new() };
        world.add(path, folder)?;
        world.answer(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.whole("sync_folder", path, Needs::Room)?;
        let folder = world.find(path)?;
        for change in std::mem::take(&mut world.pending) {
            if change.iter().any(|(of, ..)| *of == folder) {
                world.bring(&change);
            } else {
                world.pending.push(change);
            }
        }
        world.answer(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.whole("rename", from, Needs::Room)?;
        let node = world.find(from)?;
        let ((old, name), (new, as_name)) = (world.place(from)?, world.place(to)?);
        world.change(vec![(old, name, None), (new, as_name, Some(node))]);
        world.answer(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.whole("link", from, Needs::Changing)?;
        let node = world.find(from)?;
        let (folder, name) = world.place(to)?;
        if world.names(folder).contains_key(&name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        world.change(vec![(folder, name, Some(node))]);
        world.answer(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.whole("remove_file", path, Needs::Changing)?;
        let node = world.find(path)?;
        if matches!(world.nodes[node], Node::Folder { .. }) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        world.remove(path)?;
        world.answer(())
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.whole("remove_folder", path, Needs::Changing)?;
        let node = world.find(path)?;
        if !world.names(node).is_empty() {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        world.remove(path)?;
        world.answer(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Held>> {
        let mut world = self.world();
        world.whole("lock", path, Needs::Room)?;
        if world.find(path).is_err() {
            let (synced, modified) = (Some(Vec::new()), world.clock);
            let file = Node::File { now: Vec::new(), synced, lost: false, modified };
            world.add(path, file)?;
        }
        if world.locks.get(path).is_some_and(|held| held.strong_count() > 0) {
            return world.answer(None);
        }
        let held = Arc::new(());
        world.locks.insert(path.to_owned(), Arc::downgrade(&held));
        world.answer(Some(held as Held))
    }
}
