//! Every operation on the disk fails in turn, in every way: what is found then is the old or the new.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod disk;
mod scenario;

use std::collections::BTreeMap;
use std::time::Duration;

use disk::{FailingDisk, Fault, Left, Needs};
use jiebang::store::{Entry, Profile, Store};
use scenario::{Bench, Picture, Scenario, draft, open};

/// How many faults were survived, by kind.
type Count = BTreeMap<String, usize>;

/// Faults after which the process goes on.
const ERRORS: [Fault; 6] = [
    Fault::NoSpace,
    Fault::NoSpaceOn,
    Fault::Denied,
    Fault::ReadOnlyOn,
    Fault::Broken,
    Fault::BrokenOn,
];

/// Every fault at every operation, where `JIEBANG_FAULTS=all`; else every third, each operation at least once.
fn every_fault() -> bool {
    std::env::var_os("JIEBANG_FAULTS").is_some_and(|which| which == "all")
}

/// One scenario with the store as it is before the act.
struct Trial<'a> {
    scenario: &'a Scenario,
    before: FailingDisk,
    old: Picture,
    new: Picture,
}

impl<'a> Trial<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let disk = FailingDisk::new();
        let store = open(&disk).unwrap();
        let bench = Bench { disk, store };
        (scenario.prepare)(&bench);
        bench.disk.settle();
        let (before, done) = (bench.disk.fork(), bench.disk.fork());
        let old = look(&before.fork(), scenario, "before");
        let bench = Bench { store: open(&done).unwrap(), disk: done };
        (scenario.act)(&bench).unwrap();
        let new = look(&bench.disk.fork(), scenario, "after");
        Self { scenario, before, old, new }
    }

    fn bench(&self) -> Bench {
        let disk = self.before.fork();
        Bench { store: open(&disk).unwrap(), disk }
    }

    /// What operations the act is of.
    fn operations(&self) -> Vec<(Needs, String)> {
        let bench = self.bench();
        bench.disk.plan(usize::MAX, Fault::Denied);
        (self.scenario.act)(&bench).unwrap();
        bench.disk.end_plan()
    }

    fn run(&self, count: &mut Count) {
        let kills = [Fault::KilledBefore, Fault::KilledAfter];
        let mut turn = (0..).map(|number| every_fault() || number % 3 == 0);
        let mut has_turn = || turn.next().unwrap();
        for (at, (needs, _)) in self.operations().into_iter().enumerate() {
            for fault in ERRORS.into_iter().filter(|fault| fault.strikes(needs) && has_turn()) {
                self.fail(at, fault, count);
            }
            if needs == Needs::Reading {
                continue;
            }
            kills.into_iter().filter(|_| has_turn()).for_each(|kill| self.kill(at, kill, count));
            Left::ALL.into_iter().filter(|_| has_turn()).for_each(|left| self.cut(at, left, count));
        }
    }

    /// The operation fails, the process goes on, tries again when the fault is gone; then the power goes.
    fn fail(&self, at: usize, fault: Fault, count: &mut Count) {
        let bench = self.bench();
        bench.disk.plan(at, fault);
        let result = (self.scenario.act)(&bench);
        let log = bench.disk.end_plan();
        let what = |after: &str| {
            let operation = log.get(at).map_or("nothing", |(_, what)| what.as_str());
            format!("{}: {fault:?} at {at} ({operation}), {result:?}, {after}", self.scenario.name)
        };
        let is_right = |picture: &Picture| self.is_right(picture, result.is_ok());
        for (place, disk) in [
            ("opened anew", bench.disk.fork()),
            ("power cut, nothing left", bench.disk.fork_cut(Left::Nothing)),
            ("power cut, zeros left", bench.disk.fork_cut(Left::Zeros)),
        ] {
            let found = look(&disk, self.scenario, &what(place));
            assert!(is_right(&found), "{}: {found:?}", what(place));
        }
        go_on(&bench.disk.fork(), &what("then"));
        if result.is_err() {
            let again = (self.scenario.act)(&bench);
            let disk = bench.disk.fork_cut(Left::Nothing);
            let found = look(&disk, self.scenario, &what("tried again"));
            // Done before the failure was told, there is nothing to do any more.
            let is_done = self.is_right(&found, again.is_ok()) || (self.scenario.again)(&found);
            assert!(is_done || self.is_created_twice(&found), "{}: {found:?}", what("tried again"));
            if let Err(error) = again {
                assert!(error.to_string().contains("找不到草稿"), "{}: {error}", what("again"));
            }
        }
        *count.entry(format!("{fault:?}")).or_default() += 1;
    }

    /// Making a draft whose last sync failed, and could not be undone, makes two.
    fn is_created_twice(&self, picture: &Picture) -> bool {
        let mut expected = self.new.clone();
        let added = self.new.drafts.iter().position(|name| !self.old.drafts.contains(name));
        let added = added.unwrap_or_default();
        expected.drafts.extend(self.new.drafts.get(added).cloned());
        expected.drafts.sort();
        self.new.drafts.len() > self.old.drafts.len() && *picture == expected
    }

    fn kill(&self, at: usize, fault: Fault, count: &mut Count) {
        let bench = self.bench();
        bench.disk.plan(at, fault);
        let _ = (self.scenario.act)(&bench);
        let what = format!("{}: {fault:?} at {at}", self.scenario.name);
        let disk = bench.disk.fork();
        let found = look(&disk, self.scenario, &what);
        assert!(self.is_right(&found, false), "{what}: {found:?}");
        go_on(&disk, &what);
        *count.entry(format!("{fault:?}")).or_default() += 1;
    }

    fn cut(&self, at: usize, left: Left, count: &mut Count) {
        let bench = self.bench();
        bench.disk.plan(at, Fault::PowerCut);
        let _ = (self.scenario.act)(&bench);
        let what = format!("{}: power cut at {at}, {left:?} left", self.scenario.name);
        let disk = bench.disk.fork_cut(left);
        let found = look(&disk, self.scenario, &what);
        assert!(self.is_right(&found, false), "{what}: {found:?}");
        go_on(&disk, &what);
        *count.entry(format!("PowerCut, left: {left:?}")).or_default() += 1;
    }

    fn is_right(&self, picture: &Picture, told_done: bool) -> bool {
        let is_either = *picture == self.old || (self.scenario.between)(picture);
        *picture == self.new || (!told_done && is_either)
    }
}

/// What a person finds who opens the program; every draft shown opens, with its evidence and its history.
fn look(disk: &FailingDisk, scenario: &Scenario, what: &str) -> Picture {
    let store = open(disk).unwrap_or_else(|error| panic!("{what}: {error}"));
    let mut picture = Picture::default();
    for entry in store.list().unwrap_or_else(|error| panic!("{what}: {error}")) {
        assert!(scenario.damaged || entry.problem.is_none(), "{what}: {:?}", entry.problem);
        let _lock = store.lock(&entry.id).unwrap().unwrap_or_else(|| panic!("{what}: locked"));
        let (draft, recovered) =
            store.load_or_recover(&entry.id).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(scenario.damaged || recovered.is_none(), "{what}: recovered");
        assert!(store.blobs(&entry.id).missing(&draft).is_empty(), "{what}: evidence is missing");
        for version in store.history(&entry.id).unwrap() {
            let read = store.load_version(&version);
            let whole = scenario.damaged || read.is_ok();
            assert!(whole, "{what}: a version is torn: {:?}", version.path);
        }
        picture.drafts.push(draft.company.name);
    }
    let name = |entry: Entry| entry.company;
    picture.bin = store.bin().unwrap().into_iter().map(name).collect();
    let name = |profile: Profile| profile.company.map(|c| format!("{} {}", c.name, c.fax)).unwrap();
    picture.profiles = store.profiles().unwrap().into_iter().map(name).collect();
    picture.profile_bin = store.profile_bin().unwrap().into_iter().map(name).collect();
    let lists = [&mut picture.drafts, &mut picture.bin, &mut picture.profiles];
    lists.into_iter().chain([&mut picture.profile_bin]).for_each(|list| list.sort());
    picture.outside = scenario::name_outside(&store);
    picture.outside = picture.outside.or_else(|| settings(&store));
    picture
}

fn settings(store: &Store) -> Option<String> {
    store.read_json::<u8>("window").unwrap().map(|number| number.to_string())
}

/// Nothing that was left behind is in the way of the next save, and all of it is swept in the end.
fn go_on(disk: &FailingDisk, what: &str) {
    let store = open(disk).unwrap();
    for entry in store.list().unwrap() {
        let next = draft("以后");
        store.save(&entry.id, &next).unwrap_or_else(|error| panic!("{what}: then {error}"));
        assert_eq!(store.load(&entry.id).unwrap(), next, "{what}");
    }
    disk.pass(Duration::from_secs(40 * 24 * 3600));
    let store = open(disk).unwrap();
    for entry in store.list().unwrap() {
        drop(store.lock(&entry.id).unwrap());
    }
    let names = disk.all_names();
    let hidden = names.iter().filter(|name| name.starts_with('.') && !name.contains("tick"));
    let left: Vec<_> = hidden.collect();
    let is_outside = what.starts_with("save elsewhere");
    assert!(left.is_empty() || is_outside, "{what}: {left:?} stay behind");
}

fn survive(scenarios: &[Scenario], at_least: usize) {
    let mut all = Count::new();
    for scenario in scenarios {
        let trial = Trial::new(scenario);
        let mut count = Count::new();
        trial.run(&mut count);
        let sum: usize = count.values().sum();
        println!("{}: {} operations, {sum} faults", scenario.name, trial.operations().len());
        count.into_iter().for_each(|(kind, number)| *all.entry(kind).or_default() += number);
    }
    let sum: usize = all.values().sum();
    println!("survived {sum}: {all:?}");
    let at_least = if every_fault() { at_least } else { at_least / 3 };
    assert!(sum >= at_least, "{sum} faults are too few to prove anything");
}

#[test]
fn drafts_survive_every_fault_while_they_are_made_saved_and_restored() {
    survive(&scenario::writing(), 1600);
}

#[test]
fn drafts_and_evidence_survive_every_fault_while_they_are_copied() {
    survive(&scenario::copying(), 1900);
}

#[test]
fn drafts_and_profiles_survive_every_fault_on_the_way_to_the_bin_and_back() {
    survive(&scenario::removing(), 900);
}
