//! What is public beside lookups: the vocabularies, and what is derived. It is proved as they are; it is asked of no record
//! and not measured, because it looks nothing up.

/// Hands the list to a macro that makes something of each `"path" => |subject| answer;`.
macro_rules! beside {
    ($each:ident) => {
        $each! {
            // Texts of one's own.
            "<Text as From<&'astr>>::from" => |s| nenpyo::Text::from(s.written);
            // The vocabularies.
            "RecordKind::name" => |s| s.any?.kind().name();
            "RecordKind::byte" => |s| s.any?.kind().byte();
            "RecordKind::from_name" => |s| nenpyo::RecordKind::from_name(s.written).is_some();
            "RecordKind::from_byte" => |s| nenpyo::RecordKind::from_byte(s.month.0).is_some();
            "MilestoneKind::name" => |s| s.milestone?.kind().name();
            "MilestoneKind::byte" => |s| s.milestone?.kind().byte();
            "MilestoneKind::from_name" => |s| nenpyo::MilestoneKind::from_name(s.written).is_some();
            "MilestoneKind::from_byte" => |s| nenpyo::MilestoneKind::from_byte(s.month.0).is_some();
            "OrganizationKind::name" => |s| s.at?.kind()?.value.name();
            "OrganizationKind::byte" => |s| s.at?.kind()?.value.byte();
            "OrganizationKind::from_name" => |s| nenpyo::OrganizationKind::from_name(s.written).is_some();
            "OrganizationKind::from_byte" => |s| nenpyo::OrganizationKind::from_byte(s.month.0).is_some();
            "SiteKind::name" => |s| s.site?.kind().name();
            "SiteKind::byte" => |s| s.site?.kind().byte();
            "SiteKind::from_name" => |s| nenpyo::SiteKind::from_name(s.written).is_some();
            "SiteKind::from_byte" => |s| nenpyo::SiteKind::from_byte(s.month.0).is_some();
            "DocumentKind::name" => |s| s.document?.kind().name();
            "DocumentKind::byte" => |s| s.document?.kind().byte();
            "DocumentKind::from_name" => |s| nenpyo::DocumentKind::from_name(s.written).is_some();
            "DocumentKind::from_byte" => |s| nenpyo::DocumentKind::from_byte(s.month.0).is_some();
            "StatementKind::name" => |s| s.statement?.kind().name();
            "StatementKind::byte" => |s| s.statement?.kind().byte();
            "StatementKind::from_name" => |s| nenpyo::StatementKind::from_name(s.written).is_some();
            "StatementKind::from_byte" => |s| nenpyo::StatementKind::from_byte(s.month.0).is_some();
            "SourceKind::name" => |s| s.source?.kind().name();
            "SourceKind::byte" => |s| s.source?.kind().byte();
            "SourceKind::from_name" => |s| nenpyo::SourceKind::from_name(s.written).is_some();
            "SourceKind::from_byte" => |s| nenpyo::SourceKind::from_byte(s.month.0).is_some();
            "Role::name" => |s| s.milestone?.participants().next()?.role.name();
            "Role::byte" => |s| s.milestone?.participants().next()?.role.byte();
            "Role::from_name" => |s| nenpyo::Role::from_name(s.written).is_some();
            "Role::from_byte" => |s| nenpyo::Role::from_byte(s.month.0).is_some();
            "Certainty::name" => |s| s.milestone?.sources().next()?.certainty.name();
            "Certainty::byte" => |s| s.milestone?.sources().next()?.certainty.byte();
            "Certainty::from_name" => |s| nenpyo::Certainty::from_name(s.written).is_some();
            "Certainty::from_byte" => |s| nenpyo::Certainty::from_byte(s.month.0).is_some();
            "ParentRelation::name" => |s| s.at?.relation()?.name();
            "ParentRelation::byte" => |s| s.at?.relation()?.byte();
            "ParentRelation::from_name" => |s| nenpyo::ParentRelation::from_name(s.written).is_some();
            "ParentRelation::from_byte" => |s| nenpyo::ParentRelation::from_byte(s.month.0).is_some();
            "GlyphSize::name" => |s| s.glyph_size.name();
            "GlyphSize::byte" => |s| s.glyph_size.byte();
            "GlyphSize::from_name" => |s| nenpyo::GlyphSize::from_name(s.written).is_some();
            "GlyphSize::from_byte" => |s| nenpyo::GlyphSize::from_byte(s.month.0).is_some();
            "ReferrerKind::tag" => |s| s.theme?.referrers().next()?.0.tag();
            "ReferrerKind::from_tag" => |s| nenpyo::ReferrerKind::from_tag(s.month.0).is_some();
            "ReferrerKind::source" => |s| s.theme?.referrers().next()?.0.source(nenpyo::RecordKind::Theme);

            // Where lines break, beside a chronicle.
            "Breaks::new" => |s| nenpyo::Breaks::new(s.file?).class(s.character).0;
            "Breaks::is_sound" => |s| nenpyo::Breaks::is_sound(s.file?);
            "Break::of" => |s| nenpyo::Break::of(s.month.0) as u8;
            "Before::then" => |s| Before::NOTHING.then(nenpyo::Class(s.month.0)).last().0;
            "Before::last" => |s| Before::NOTHING.then(nenpyo::Class(s.month.0)).last().0;
            "Before::earlier" => |s| Before::NOTHING.then(nenpyo::Class(s.month.0)).earlier().0;
            "Before::is_spaced" => |s| Before::NOTHING.then(nenpyo::Class(s.month.0)).is_spaced();
            "Properties::has" => |s| nenpyo::Properties(s.month.0).has(nenpyo::Properties::KANA);

            // What is derived.
            "<About as Debug>::fmt" => |s| debugged(s.chronicle.about());
            "<Ancestors as Debug>::fmt" => |s| debugged(s.organization?.ancestors(s.day));
            "<AnyRecord as Debug>::fmt" => |s| debugged(s.any?);
            "<AnyRecord as PartialEq>::eq" => |s| s.any? == s.chronicle.get(Key::of(s.written))?;
            "<AsOf as Debug>::fmt" => |s| debugged(s.at?.parent()?);
            "<AsOf as PartialEq>::eq" => |s| s.at?.parent()? == s.at?.parent()?;
            "<Before as Debug>::fmt" => |s| debugged(Before::NOTHING.then(nenpyo::Class(s.month.0)));
            "<Break as Debug>::fmt" => |s| debugged(nenpyo::Break::of(s.month.0));
            "<Break as PartialEq>::eq" => |s| nenpyo::Break::of(s.month.0) == nenpyo::Break::Never;
            "<Breaks as Debug>::fmt" => |s| debugged(s.chronicle.breaks());
            "<Branch as Debug>::fmt" => |s| debugged(s.at?.tree().next()?);
            "<Branch as PartialEq>::eq" => |s| s.at?.tree().next()? == s.at?.tree().next()?;
            "<Change as Debug>::fmt" => |s| debugged(s.chronicle.organizations().differences(s.day, s.later).next()?);
            "<Change as PartialEq>::eq" => |s| s.chronicle.organizations().differences(s.day, s.later).next()? == s.chronicle.organizations().differences(s.day, s.later).next()?;
            "<Citation as Debug>::fmt" => |s| debugged(s.milestone?.sources().next()?);
            "<Citation as PartialEq>::eq" => |s| s.milestone?.sources().next()? == s.milestone?.sources().next()?;
            "<Claim as Debug>::fmt" => |s| debugged(s.details?.claims().next()?);
            "<Claim as PartialEq>::eq" => |s| s.details?.claims().next()? == s.details?.claims().next()?;
            "<Claims as Debug>::fmt" => |s| debugged(s.details?.claims());
            "<Class as Debug>::fmt" => |s| debugged(s.chronicle.breaks().class(s.character));
            "<Class as PartialEq>::eq" => |s| s.chronicle.breaks().class(s.character) == nenpyo::Class::SPACE;
            "<Day as Debug>::fmt" => |s| debugged(s.day);
            "<Day as PartialEq>::eq" => |s| s.day == s.later;
            "<Days as Debug>::fmt" => |s| debugged(s.date.days());
            "<Days as PartialEq>::eq" => |s| s.date.days() == s.span.days();
            "<Details as Debug>::fmt" => |s| debugged(s.details?);
            "<Differences as Debug>::fmt" => |s| debugged(s.chronicle.organizations().differences(s.day, s.later));
            "<DocumentId as Debug>::fmt" => |s| debugged(s.document?.id());
            "<DocumentId as PartialEq>::eq" => |s| s.document?.id() == s.document?.id();
            "<Edtf as Debug>::fmt" => |s| debugged(s.date);
            "<Edtf as PartialEq>::eq" => |s| s.date == s.span;
            "<EdtfError as Debug>::fmt" => |s| debugged(Edtf::parse(s.wrong).err()?);
            "<EdtfError as PartialEq>::eq" => |s| Edtf::parse(s.wrong).err()? == Edtf::parse(s.wrong).err()?;
            "<End as Debug>::fmt" => |s| debugged(s.organization?.existence().from);
            "<End as PartialEq>::eq" => |s| s.organization?.existence().from == s.organization?.existence().to;
            "<Era as Debug>::fmt" => |s| debugged(Era::of(s.day)?.0);
            "<Era as PartialEq>::eq" => |s| Era::of(s.day)?.0 == Era::of(s.day)?.0;
            "<EraDate as Debug>::fmt" => |s| debugged(EraDate::of(s.day)?);
            "<EraDate as PartialEq>::eq" => |s| EraDate::of(s.day)? == EraDate::of(s.day)?;
            "<Field as Debug>::fmt" => |s| debugged(s.search()?.hits().next()?.field());
            "<Field as PartialEq>::eq" => |s| s.search()?.hits().next()?.field() == nenpyo::Field::Title;
            "<Form as Debug>::fmt" => |s| debugged(s.date.form());
            "<Form as PartialEq>::eq" => |s| s.date.form() == s.span.form();
            "<Held as Debug>::fmt" => |s| debugged(s.organization?.kinds().next()?);
            "<Held as PartialEq>::eq" => |s| s.organization?.kinds().next()? == s.organization?.kinds().next()?;
            "<Hit as Debug>::fmt" => |s| debugged(s.search()?.hits().next()?);
            "<Hit as PartialEq>::eq" => |s| s.search()?.hits().next()? == s.search()?.hits().next()?;
            "<Key as Debug>::fmt" => |s| debugged(s.key);
            "<Key as PartialEq>::eq" => |s| s.key == Key::of(s.written);
            "<Language as Debug>::fmt" => |s| debugged(s.language);
            "<Language as PartialEq>::eq" => |s| s.language == Language::JA;
            "<MilestoneId as Debug>::fmt" => |s| debugged(s.milestone?.id());
            "<MilestoneId as PartialEq>::eq" => |s| s.milestone?.id() == s.milestone?.id();
            "<OpenError as Debug>::fmt" => |s| debugged(Chronicle::open(s.file?).err()?);
            "<OpenError as PartialEq>::eq" => |s| Chronicle::open(s.file?).err()? == Chronicle::open(s.file?).err()?;
            "<OrganizationAt as Debug>::fmt" => |s| debugged(s.at?);
            "<OrganizationAt as PartialEq>::eq" => |s| s.at? == s.organization?.at(s.later)?;
            "<OrganizationId as Debug>::fmt" => |s| debugged(s.organization?.id());
            "<OrganizationId as PartialEq>::eq" => |s| s.organization?.id() == s.organization?.id();
            "<Participant as Debug>::fmt" => |s| debugged(s.milestone?.participants().next()?);
            "<Participant as PartialEq>::eq" => |s| s.milestone?.participants().next()? == s.milestone?.participants().next()?;
            "<Period as Debug>::fmt" => |s| debugged(s.organization?.existence());
            "<Period as PartialEq>::eq" => |s| s.organization?.existence() == s.site?.existence()?;
            "<PersonId as Debug>::fmt" => |s| debugged(s.person?.id());
            "<PersonId as PartialEq>::eq" => |s| s.person?.id() == s.person?.id();
            "<Point as Debug>::fmt" => |s| debugged(s.date.first());
            "<Point as PartialEq>::eq" => |s| s.date.first() == s.span.first();
            "<Properties as Debug>::fmt" => |s| debugged(nenpyo::Properties(s.month.0));
            "<Properties as PartialEq>::eq" => |s| nenpyo::Properties(s.month.0) == nenpyo::Properties::KANA;
            "<Qualifier as Debug>::fmt" => |s| debugged(s.date.qualifier());
            "<Qualifier as PartialEq>::eq" => |s| s.date.qualifier() == s.span.qualifier();
            "<Reading as Debug>::fmt" => |s| debugged(s.text?.reading());
            "<ReferrerKind as Debug>::fmt" => |s| debugged(s.theme?.referrers().next()?.0);
            "<ReferrerKind as PartialEq>::eq" => |s| s.theme?.referrers().next()?.0 == s.theme?.referrers().next()?.0;
            "<SearchError as Debug>::fmt" => |s| debugged(s.search()?.push('a').err()?);
            "<SearchError as PartialEq>::eq" => |s| s.search()?.push('a').err()? == nenpyo::SearchError::TooLong;
            "<Segment as Debug>::fmt" => |s| debugged(s.text?.segments().next()?);
            "<Segment as PartialEq>::eq" => |s| s.text?.segments().next()? == s.text?.segments().nth(1)?;
            "<Segments as Debug>::fmt" => |s| debugged(s.text?.segments());
            "<SiteId as Debug>::fmt" => |s| debugged(s.site?.id());
            "<SiteId as PartialEq>::eq" => |s| s.site?.id() == s.site?.id();
            "<SourceId as Debug>::fmt" => |s| debugged(s.source?.id());
            "<SourceId as PartialEq>::eq" => |s| s.source?.id() == s.source?.id();
            "<StatementId as Debug>::fmt" => |s| debugged(s.statement?.id());
            "<StatementId as PartialEq>::eq" => |s| s.statement?.id() == s.statement?.id();
            "<ThemeId as Debug>::fmt" => |s| debugged(s.theme?.id());
            "<ThemeId as PartialEq>::eq" => |s| s.theme?.id() == s.theme?.id();
            "<Tree as Debug>::fmt" => |s| debugged(s.at?.tree());
        }
    };
}

pub(crate) use beside;
