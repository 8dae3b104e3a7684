//! 企业资料 on disk, as a person meets them: kept, kept anew, damaged, removed and put back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fresh_store;

use std::fs;

use fresh_store::store;
use jiebang::domain::Company;
use jiebang::store::Store;
use jiebang::store::profiles::is_same;

fn company(name: &str, code: &str, fax: &str) -> Company {
    Company {
        name: name.to_owned(),
        credit_code: code.to_owned(),
        fax: fax.to_owned(),
        ..Company::default()
    }
}

fn faxes(store: &Store) -> Vec<String> {
    let profiles = store.profiles().unwrap();
    profiles.into_iter().map(|profile| profile.company.unwrap().fax).collect()
}

const CODE: &str = "91310115MA0000293R";

#[test]
fn kept_data_come_back_as_they_were_and_only_their_owner_may_read_them() {
    let (_folder, store) = store();
    let mut kept = company("甲公司\n“乙”", CODE, "021-1");
    kept.extra.insert("later".to_owned(), 7.into());
    let id = store.keep_profile(&kept).unwrap().id;
    assert_eq!(store.load_profile(&id).unwrap(), kept);
    let profiles = store.profiles().unwrap();
    assert_eq!((profiles.len(), &profiles[0].id), (1, &id));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(profiles[0].path.as_path()), 0o600);
        assert_eq!(mode(profiles[0].path.parent().unwrap()), 0o700);
    }
}

#[test]
fn the_same_company_is_kept_once_and_what_it_was_lies_in_the_bin() {
    let (_folder, store) = store();
    let first = store.keep_profile(&company("甲公司", CODE, "1")).unwrap();
    assert_eq!(first.replaced, None);
    // Renamed, of the same code, in small letters.
    let renamed = company("甲股份公司", &CODE.to_lowercase(), "2");
    let second = store.keep_profile(&renamed).unwrap();
    assert_eq!((second.replaced, faxes(&store)), (Some(first.id.clone()), vec!["2".to_owned()]));
    // Of the same name, the code not filled in.
    let third = store.keep_profile(&company(" 甲股份公司 ", "", "3")).unwrap();
    assert_eq!((third.replaced, faxes(&store)), (Some(second.id), vec!["3".to_owned()]));
    let again = store.keep_profile(&company(" 甲股份公司 ", "", "3")).unwrap();
    assert_eq!((again.id, again.replaced), (third.id, None));
    assert_eq!(store.profile_bin().unwrap().len(), 2);
    store.keep_profile(&company("乙公司", "", "4")).unwrap();
    assert_eq!(store.profiles().unwrap().len(), 2);
}

#[test]
fn of_two_that_fit_the_one_of_the_same_code_is_replaced() {
    let (_folder, store) = store();
    let by_code = store.keep_profile(&company("甲公司", CODE, "1")).unwrap().id;
    store.keep_profile(&company("乙公司", "", "2")).unwrap();
    let kept = store.keep_profile(&company("乙公司", CODE, "3")).unwrap();
    assert_eq!(kept.replaced, Some(by_code));
}

#[test]
fn companies_without_name_and_code_are_not_the_same() {
    assert!(!is_same(&Company::default(), &Company::default()));
    assert!(!is_same(&company("甲", "", ""), &company("乙", "", "")));
}

#[test]
fn removed_data_come_back_and_what_was_kept_meanwhile_goes_to_the_bin() {
    let (_folder, store) = store();
    let old = store.keep_profile(&company("甲公司", CODE, "旧")).unwrap().id;
    store.remove_profile(&old).unwrap();
    assert!(store.profiles().unwrap().is_empty());
    assert_eq!(store.profile_bin().unwrap()[0].id, old);
    store.put_back_profile(&old).unwrap();
    assert_eq!(faxes(&store), ["旧"]);
    store.remove_profile(&old).unwrap();
    let new = store.keep_profile(&company("甲公司", CODE, "新")).unwrap().id;
    store.put_back_profile(&old).unwrap();
    assert_eq!(faxes(&store), ["旧"]);
    assert_eq!(store.profile_bin().unwrap()[0].id, new);
}

#[test]
fn a_damaged_file_is_listed_with_its_problem_and_hides_no_other() {
    let (_folder, store) = store();
    let damaged = store.keep_profile(&company("甲公司", CODE, "")).unwrap().id;
    store.keep_profile(&company("乙公司", "", "")).unwrap();
    let path = store.profiles().unwrap().into_iter().find(|p| p.id == damaged).unwrap().path;
    for (bytes, words) in [
        (&b"{ \"schema\": 1, "[..], "第 1 行"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"{\"schema\": 9, \"company\": {}}", "更新版本"),
        (b"{\"schema\": 1}", "company"),
    ] {
        fs::write(&path, bytes).unwrap();
        let profiles = store.profiles().unwrap();
        assert_eq!(profiles.len(), 2);
        let problem = profiles.iter().find_map(|p| p.company.as_ref().err()).unwrap();
        assert!(problem.contains(words) && problem.contains("企业资料"), "{problem}");
        assert!(store.load_profile(&damaged).unwrap_err().to_string().contains(words));
    }
    // It can be removed and put back as it is.
    store.remove_profile(&damaged).unwrap();
    store.put_back_profile(&damaged).unwrap();
    assert_eq!(store.profiles().unwrap().len(), 2);
}

#[test]
fn what_is_not_there_any_more_is_told_by_its_file() {
    let (_folder, store) = store();
    let id = store.keep_profile(&company("甲公司", "", "")).unwrap().id;
    store.remove_profile(&id).unwrap();
    let told = store.load_profile(&id).unwrap_err().to_string();
    assert!(told.contains(id.as_str()), "{told}");
    assert!(store.remove_profile(&id).is_err());
    assert!(store.keep_profile(&company("甲公司", "", "2")).unwrap().replaced.is_none());
}

#[test]
fn keeping_the_same_again_ends_what_was_begun_and_leaves_another_company_of_the_name_alone() {
    let (_folder, store) = store();
    let put = |file: &str, company: &Company| {
        let text = serde_json::json!({"schema": 1, "company": company}).to_string();
        fs::write(store.root().join("profiles").join(file), text).unwrap();
    };
    // As it is left where the new one was written and the old one could not go.
    let kept = company("甲", CODE, "2");
    put("old.json", &company("甲", CODE, "1"));
    put("new.json", &kept);
    put("other.json", &company("甲", "91310115MA0000301X", "3"));
    let again = store.keep_profile(&kept).unwrap();
    assert_eq!((again.id.as_str(), again.replaced.unwrap().as_str()), ("new", "old"));
    let mut left = faxes(&store);
    left.sort();
    assert_eq!(left, ["2", "3"]);
    assert_eq!(store.profile_bin().unwrap().len(), 1);
    assert_eq!(store.keep_profile(&kept).unwrap().replaced, None);
}
