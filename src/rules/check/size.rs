//! 企业规模: the class computed against the box ticked; 大型 may not 揭榜.

use super::Checker;
use crate::domain::{EnterpriseSize, Field, Role};
use crate::rules::enterprise_size::{
    Classification, Indicator, Inputs, SizeError, classify, standard,
};
use crate::rules::{Severity, rule};

pub(super) fn check(checker: &mut Checker<'_>) {
    let computed = classify(&Inputs::of(&checker.draft.company));
    match checker.draft.role {
        Role::Demander => check_demander(checker, computed.ok().as_ref()),
        Role::Solver => {
            check_large(checker, computed.as_ref().ok());
            match &computed {
                Ok(computed) => check_ticked(checker, computed),
                Err(error) => check_unknown(checker, error),
            }
        }
    }
}

fn check_demander(checker: &mut Checker<'_>, computed: Option<&Classification>) {
    let Some(computed) = computed.filter(|computed| computed.size != EnterpriseSize::Large) else {
        return;
    };
    let message = format!(
        "按从业人数和营业收入等算是{}企业，“发榜”的一般是大企业，请核对数字和单位。",
        computed.size
    );
    let field = Field::from("/company/revenue");
    let finding = checker.finding(Severity::Hint, rule::SIZE_DEMANDER, &field, message);
    checker.push(finding, clause(Some(computed)));
}

/// The standard with the reasoning, so that a person can follow it.
fn clause(computed: Option<&Classification>) -> String {
    match computed {
        Some(computed) => format!("{}：{}", computed.standard, computed.reasons.concat()),
        None => standard().to_owned(),
    }
}

fn check_large(checker: &mut Checker<'_>, computed: Option<&Classification>) {
    let ticked = checker.draft.company.size;
    let computed_large = computed.is_some_and(|computed| computed.size == EnterpriseSize::Large);
    let message = match ticked {
        Some(EnterpriseSize::Large) => "企业规模选的是大型，大型企业不能“揭榜”，只能“发榜”。",
        None if computed_large => "按所填的数算是大型企业，大型企业不能“揭榜”，请核对数字和单位。",
        _ => return,
    };
    let field = Field::from("/company/size");
    let finding = checker.finding(Severity::Error, rule::SIZE_LARGE, &field, message);
    checker.push(finding, checker.notice.clause("sme_only"));
}

fn check_ticked(checker: &mut Checker<'_>, computed: &Classification) {
    let Some(ticked) = checker.draft.company.size.filter(|ticked| *ticked != computed.size) else {
        return;
    };
    let warning = match computed.size {
        EnterpriseSize::Large => "大型企业不能“揭榜”，",
        _ => "",
    };
    let message = format!(
        "企业规模选的是{ticked}，按所填的数算是{}，{warning}请改选、核对数字或说明理由。",
        computed.size
    );
    let field = Field::from("/company/size");
    let finding = checker.finding(Severity::Error, rule::SIZE_MISMATCH, &field, message);
    checker.push(finding.overridable(), clause(Some(computed)));
}

fn check_unknown(checker: &mut Checker<'_>, error: &SizeError) {
    let field = match error {
        // Said by other rules.
        SizeError::Industry { .. } => return,
        SizeError::Missing { indicators, .. } if *indicators != [Indicator::TotalAssets] => return,
        SizeError::Missing { .. } => "/company/total_assets",
        SizeError::Class { .. } => "/company/industry_class",
        SizeError::NotCovered { .. } => "/company/size",
    };
    // A number that cannot be read has its own finding.
    if field == "/company/total_assets" && !checker.draft.company.total_assets.trim().is_empty() {
        return;
    }
    let message = format!("{error}。");
    let finding = checker.finding(Severity::Warning, rule::SIZE_UNKNOWN, &field.into(), message);
    checker.push(finding, standard());
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check_draft, demander_after, solver, solver_after};
    use super::*;
    use Severity::{Error, Hint, Warning};

    #[test]
    fn the_box_ticked_must_be_the_class_computed() {
        let mut draft = solver();
        draft.company.size = Some(EnterpriseSize::Medium);
        let found = check_draft(&draft);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].severity, found[0].rule), (Error, rule::SIZE_MISMATCH));
        assert!(
            found[0].overridable && found[0].message.contains("选的是中型，按所填的数算是小型")
        );
        assert!(found[0].clause.contains("从业人员 200 人"));
    }

    #[test]
    fn a_large_enterprise_cannot_apply() {
        let size = "/company/size".to_owned();
        let large = |draft: &mut crate::domain::Draft| {
            draft.company.employees = "1000".to_owned();
            draft.company.revenue = "40000".to_owned();
        };
        let ticked = solver_after(|draft| draft.company.size = Some(EnterpriseSize::Large));
        assert!(ticked.contains(&(Error, rule::SIZE_LARGE, size.clone())));
        let both = solver_after(|draft| {
            large(draft);
            draft.company.size = Some(EnterpriseSize::Large);
        });
        assert_eq!(both, [(Error, rule::SIZE_LARGE, size.clone())]);
        let computed = solver_after(large);
        assert_eq!(computed, [(Error, rule::SIZE_MISMATCH, size.clone())]);
        let unticked = solver_after(|draft| {
            large(draft);
            draft.company.size = None;
        });
        assert!(unticked.contains(&(Error, rule::SIZE_LARGE, size)));
        let mut draft = solver();
        draft.company.size = Some(EnterpriseSize::Large);
        draft.set_override(&"/company/size".into(), rule::SIZE_LARGE, "想参加");
        draft.set_override(&"/company/size".into(), rule::SIZE_MISMATCH, "想参加");
        assert!(
            check_draft(&draft).iter().any(|f| f.severity == Error && f.rule == rule::SIZE_LARGE)
        );
    }

    #[test]
    fn what_is_missing_is_asked_for() {
        for (industry, class, field) in [
            ("47", "", Some("/company/total_assets")),
            ("59", "", Some("/company/industry_class")),
            ("84", "", Some("/company/size")),
            ("70", "704", Some("/company/size")),
            ("59", "591", None),
        ] {
            let found = solver_after(|draft| {
                draft.company.industry = industry.to_owned();
                draft.company.industry_class = class.to_owned();
            });
            let unknown = found.iter().find(|(_, rule, _)| *rule == rule::SIZE_UNKNOWN);
            assert_eq!(unknown.map(|f| f.2.as_str()), field, "{industry}");
            assert!(unknown.is_none_or(|f| f.0 == Warning));
        }
    }

    #[test]
    fn a_small_demander_is_hinted() {
        let found = demander_after(|draft| draft.company.revenue = "500".to_owned());
        assert_eq!(found, [(Hint, rule::SIZE_DEMANDER, "/company/revenue".to_owned())]);
    }
}
