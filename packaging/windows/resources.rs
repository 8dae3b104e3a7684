//! Puts icon, version and manifest into the programs for Windows; elsewhere there is nothing to do.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=packaging/icons/jiebang.ico");
    println!("cargo::rerun-if-changed=packaging/windows/jiebang.manifest");
    println!("cargo::rerun-if-changed=packaging/windows/resources.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    let mut resources = winresource::WindowsResource::new();
    resources
        .set_icon("packaging/icons/jiebang.ico")
        .set_manifest_file("packaging/windows/jiebang.manifest")
        // Simplified Chinese.
        .set_language(0x0804)
        .set("ProductName", "揭榜通")
        .set("FileDescription", "揭榜通")
        .set("CompanyName", "揭榜通")
        .set("InternalName", "jiebang")
        .set("OriginalFilename", "jiebang.exe")
        .set("LegalCopyright", "MIT；字体 SIL OFL 1.1");
    // A machine without a resource compiler still gets the program, only without its icon. What is shipped
    // is built with the console's launcher.
    if let Err(error) = resources.compile() {
        assert!(env::var_os("CARGO_FEATURE_CONSOLE").is_none(), "没有资源编译器：{error}");
        println!("cargo::warning=没有资源编译器，程序不带图标和清单：{error}");
    }
}
